#!/usr/bin/env bash
# All the tests with all they need. What is missing is installed, what must run is started, and stopped at the end.
#
#     ./test.sh                     everything
#     ./test.sh lint sqlite         some of the steps: lint, deny, web, sqlite, schemathesis, mariadb
#
# Needs bash, Python 3, Node.js 20 and Rust as rust-toolchain.toml names it; and root or sudo where MariaDB is to be installed.
# What it makes lies under target/.
set -euo pipefail
cd "$(dirname "$0")"

# Programs and tests are built together and once: cargo would otherwise choose other features, and build all anew.
build() {
  command -v curl >/dev/null || tests/setup/apt.sh curl
  needs_make
  cargo build --locked --workspace --all-targets
  PYDICOM_DATA=$(tests/setup/pydicom.sh)
  export PYDICOM_DATA
}

# jemalloc is built by it.
needs_make() { command -v make >/dev/null || tests/setup/apt.sh make; }

lint() {
  announce "format and lints"
  needs_make
  cargo fmt --all --check
  cargo clippy --locked --workspace --all-targets -- --deny warnings
}

deny() {
  announce "licences, sources and known weaknesses of what is used"
  tests/setup/cargo-deny.sh
}

sqlite() {
  announce "unit tests, and the black-box tests on SQLite"
  build
  TEST_DATABASE_URL='' cargo test --locked --workspace
}

schemathesis() {
  announce "the contract against the server, by Schemathesis"
  build
  tests/schemathesis/run.sh target/debug/patientele
}

web() {
  announce "the web interface: its sources, its build, and its journeys in a browser"
  tests/setup/node.sh
  npm --prefix web run --silent check
  npm --prefix web run --silent test
  npm --prefix web run --silent dist
  build
  npm --prefix web run --silent e2e
}

mariadb() {
  announce "the black-box tests on MariaDB"
  build
  tests/setup/mariadb.sh cargo test --locked --workspace --lib --test it
}

announce() { printf '\n== %s (%d s)\n' "$1" "$SECONDS"; }

steps=(lint deny web sqlite schemathesis mariadb)
for step in "$@"; do
  [[ " ${steps[*]} " == *" $step "* ]] || { echo "there is no step $step; there are: ${steps[*]}" >&2; exit 2; }
done
for step in "${@:-${steps[@]}}"; do "$step"; done
