#!/usr/bin/env bash
# Checks the dependencies by deny.toml. The program that does so is built under target/ unless it is there.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=0.20.2
tools=$PWD/target/tools

if [ "$("$tools/bin/cargo-deny" --version 2>/dev/null)" != "cargo-deny $version" ]; then
  CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --locked --debug --root "$tools" --target-dir "$tools/build" \
    "cargo-deny@$version"
  rm -rf "$tools/build"
fi

"$tools/bin/cargo-deny" --locked check --hide-inclusion-graph bans licenses sources
# The list of known weaknesses comes from elsewhere than the packages do, and may be out of reach.
if "$tools/bin/cargo-deny" fetch db >/dev/null 2>&1; then
  "$tools/bin/cargo-deny" --locked check advisories
else
  echo "advisories were not checked: their database cannot be fetched here"
fi
