#!/usr/bin/env bash
# Holds a server against its contract: Schemathesis makes requests of openapi.yaml, good and bad ones, and checks the
# answers. The server has an empty SQLite database of its own and is called by its administrator.
#
#     tests/schemathesis/run.sh target/debug/patientele [OPTION OF SCHEMATHESIS...]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=$1
shift

venv=$("$root/tests/setup/python.sh" schemathesis)

folder=$(mktemp -d)
log=$root/target/schemathesis.log
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null && wait "$server" || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

# One token lasts for the run; the time limit is that of a slow machine.
ADMIN_PASSWORD=$(python3 -c 'import secrets; print(secrets.token_hex(24))')
export ADMIN_PASSWORD
program=$(realpath "$program")
cd "$folder"
touch greeting
HOST=127.0.0.1 PORT=0 DATA_DIR=$folder DATABASE_URL='' ACCESS_TOKEN_TTL=86400 LOG_FORMAT=json REQUEST_TIMEOUT=60 \
  RATE_LIMIT=off \
  "$program" serve >greeting 2>"$log" &
server=$!
for ((tries = 0; tries < 300; tries++)); do
  url=$(sed -n 's|^Patientele .* serves on \(.*\)|http://\1|p' greeting)
  [ -z "$url" ] && kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
[ -n "$url" ] || { echo "the server did not start:" >&2; cat "$log" >&2; exit 1; }

TOKEN=$(python3 "$here/sign_in.py" "$url")
export TOKEN
# It runs in the temporary folder, where it keeps what it remembers: every run begins anew.
# The hooks are found by their name; what Python compiles of them stays out of the tree, and they do the same every time.
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0 SCHEMATHESIS_HOOKS=hooks \
  "$venv/bin/schemathesis" --config-file "$here/schemathesis.toml" run --url "$url" "$root/openapi.yaml" "$@"
