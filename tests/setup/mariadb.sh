#!/usr/bin/env bash
# Runs a command beside a MariaDB server of its own, whose address it finds in TEST_DATABASE_URL. The server has the
# configuration of docker/mariadb, an empty data folder under target/ and a free port of 127.0.0.1; it is stopped when the
# command ends, however it ends.
#
#     tests/setup/mariadb.sh COMMAND [ARGUMENT...]
#     tests/setup/mariadb.sh sleep infinity          # a server to test against by hand
#     MARIADB_OPTIONS="--innodb-buffer-pool-size=2G" tests/setup/mariadb.sh COMMAND
set -euo pipefail
here=$(dirname "$0")
root=$(cd "$here/../.." && pwd)
PATH=$PATH:/usr/sbin

command -v mariadbd >/dev/null || "$here/apt.sh" mariadb-server

mkdir -p "$root/target"
folder=$(mktemp -d "$root/target/mariadb-XXXXXX")
log=$folder/server.log
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null && wait "$server" || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

# The socket stands in a folder of its own: the path of a socket has at most 107 characters.
sockets=$(mktemp -d)
trap 'stop; rm -rf "$sockets"' EXIT
settings=(--defaults-file="$root/docker/mariadb/patientele.cnf" --datadir="$folder/data" --user="$(id -un)")
mariadb-install-db "${settings[@]}" --auth-root-authentication-method=normal --skip-test-db >"$log" 2>&1 ||
  { cat "$log" >&2; exit 1; }

# The data are thrown away: nothing needs to reach the disk before it is answered. MARIADB_OPTIONS has the last word.
fast=(--innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=OFF --skip-log-bin --innodb-buffer-pool-size=256M)
read -ra more <<<"${MARIADB_OPTIONS:-}"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mariadbd "${settings[@]}" "${fast[@]}" "${more[@]}" --bind-address=127.0.0.1 --port="$port" --socket="$sockets/mariadb.sock" \
  --skip-name-resolve --max-connections=1000 >>"$log" 2>&1 &
server=$!

for ((tries = 0; tries < 300; tries++)); do
  mariadb-admin --no-defaults --socket="$sockets/mariadb.sock" --user=root ping >/dev/null 2>&1 && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
kill -0 "$server" 2>/dev/null || { echo "MariaDB did not start:" >&2; cat "$log" >&2; exit 1; }

export TEST_DATABASE_URL=mysql://root@127.0.0.1:$port
echo "MariaDB at $TEST_DATABASE_URL"
"$@"
