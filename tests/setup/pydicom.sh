#!/bin/sh
# Prints the folder of the DICOM files that pydicom brings along, real files of many makers, which the tests import:
#
#     export PYDICOM_DATA="$(tests/setup/pydicom.sh)"
#
# The first call installs pydicom in a virtual environment under target/.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
requirements=$root/tests/setup/requirements-pydicom.txt
venv=${CARGO_TARGET_DIR:-$root/target}/pydicom

if ! cmp -s "$requirements" "$venv/installed.txt"; then
    rm -rf "$venv"
    {
        python3 -m venv "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
    } >&2
    cp "$requirements" "$venv/installed.txt"
fi
set -- "$venv"/lib/python3*/site-packages/pydicom/data
printf '%s\n' "$1"
