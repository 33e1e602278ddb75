#!/usr/bin/env bash
# Sees to Node.js 20 or later, a browser and the packages of web/: what is missing is installed.
#
#     tests/setup/node.sh
set -euo pipefail
here=$(dirname "$0")
web=$(cd "$here/../../web" && pwd)

command -v node >/dev/null && command -v npm >/dev/null || "$here/apt.sh" nodejs npm
major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
[ "$major" -ge 20 ] || { echo "web/ needs Node.js 20 or later; this is $(node --version)" >&2; exit 1; }
command -v chromium >/dev/null || "$here/apt.sh" chromium fonts-liberation
command -v chromium >/dev/null || { echo "no browser: the interface cannot be tested" >&2; exit 1; }

installed=$web/node_modules/.installed
if ! cmp -s "$web/package-lock.json" "$installed"; then
  (cd "$web" && npm ci --no-audit --no-fund --loglevel=error >&2)
  cp "$web/package-lock.json" "$installed"
fi
