#!/usr/bin/env bash
# Prints the folder of the DICOM files that pydicom brings along, real files of many makers, which the tests import:
#
#     export PYDICOM_DATA="$(tests/setup/pydicom.sh)"
set -euo pipefail
venv=$("$(dirname "$0")/python.sh" pydicom)
data=("$venv"/lib/python3*/site-packages/pydicom/data)
realpath "${data[0]}"
