#!/usr/bin/env bash
# Makes a Python environment with the packages of tests/setup/requirements-NAME.txt, unless it is there, and prints its
# folder.
#
#     tests/setup/python.sh NAME
set -euo pipefail
here=$(dirname "$0")
root=$(cd "$here/../.." && pwd)
requirements=$root/tests/setup/requirements-$1.txt
venv=$root/target/venv-$1

if ! cmp -s "$requirements" "$venv/installed.txt"; then
  rm -rf "$venv"
  # Debian keeps what makes environments in a package of its own.
  python3 -m venv "$venv" >/dev/null 2>&1 || { "$here/apt.sh" python3-venv && python3 -m venv --clear "$venv"; }
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" >&2
  cp "$requirements" "$venv/installed.txt"
fi
echo "$venv"
