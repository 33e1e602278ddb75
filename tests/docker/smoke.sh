#!/usr/bin/env bash
# Builds and starts docker-compose.yml as it stands, beside any other project, and checks what it promises.
# Needs Docker with its compose plugin, curl and openssl. It takes away all that it made.
#
#     tests/docker/smoke.sh
#     APP_PORT=15000 PHPMYADMIN_PORT=18081 DATABASE_PORT=13306 tests/docker/smoke.sh    # when a port is taken
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

work=$(mktemp -d)
env_file=$work/env
project=patientele-smoke-$$
app_port=${APP_PORT:-5000} phpmyadmin_port=${PHPMYADMIN_PORT:-8081} database_port=${DATABASE_PORT:-3306}
app=http://127.0.0.1:$app_port
phpmyadmin=http://127.0.0.1:$phpmyadmin_port
passed=0 failed=0

# Compose prefers the shell to the file: what the shell happens to hold must not decide. The list is the documentation.
# shellcheck disable=SC2046
unset $(sed -n 's/^#\{0,1\}\([A-Z_]*\)=.*/\1/p' .env.example)

# The documented file with its secrets filled in: of two lines for a variable, the last counts.
secrets=(MYSQL_ROOT_PASSWORD MYSQL_PASSWORD JWT_SECRET ADMIN_PASSWORD)
cp .env.example "$env_file"
for name in "${secrets[@]}"; do echo "$name=$(openssl rand -hex 24)"; done >>"$env_file"
printf '%s\n' "APP_PORT=$app_port" "PHPMYADMIN_PORT=$phpmyadmin_port" "DATABASE_PORT=$database_port" >>"$env_file"

value() { sed -n "s/^$1=//p" "$env_file" | tail -n 1; }

compose_with() { # compose_with ENV_FILE ARGUMENT...
  docker compose --ansi never --project-name "$project" --file docker-compose.yml --env-file "$@"
}
compose() { compose_with "$env_file" "$@"; }

exec 3>&1
finish() {
  exec >&3 # an interruption may come while a check has its output in a file
  trap '' INT TERM # a second interruption must not leave anything behind
  compose down --volumes --rmi local --remove-orphans >"$work/down" 2>&1 || { cat "$work/down"; failed=$((failed + 1)); }
  rm -rf "$work"
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ] || exit 1
}
trap finish EXIT
trap 'failed=$((failed + 1)); exit 1' INT TERM

check() { # check NAME COMMAND...: one line, and what the command printed if it failed
  local name=$1
  shift
  if "$@" >"$work/output" 2>&1; then
    passed=$((passed + 1))
    echo "ok    $name"
  else
    failed=$((failed + 1))
    echo "FAIL  $name"
    tail -n 60 "$work/output" | sed 's/^/      /'
    return 1
  fi
}

request() { # request STATUS CURL_ARGUMENT...: leaves the body in $work/body; another status is a failure
  local expected=$1 status
  shift
  status=$(curl --silent --show-error --max-time 20 --output "$work/body" --write-out '%{http_code}' "$@") || return
  head -c 500 "$work/body" && echo
  [ "$status" = "$expected" ] || { echo "status $status instead of $expected" && return 1; }
}

names_the_command() { # names_the_command VARIABLE COMPOSE_ARGUMENT...: refused without it, and told how to make one
  grep -v "^$1=" "$env_file" >"$work/incomplete"
  if compose_with "$work/incomplete" "${@:2}" >"$work/refusal" 2>&1; then
    echo "it went through"
    return 1
  fi
  cat "$work/refusal"
  grep -q "$1.*openssl rand" "$work/refusal"
}

start() { # the whole project, until every service is healthy
  compose up --detach --wait --wait-timeout 300 || { compose ps --all && compose logs --no-color --tail 15 && return 1; }
}

healthy() { [ "$(docker inspect --format '{{.State.Health.Status}}' "$(compose ps --quiet "$1")")" = healthy ]; }

answers_ok() { request 200 "$app/" && [ "$(cat "$work/body")" = '{"status":"OK"}' ]; }

sign_in() { # sets token
  request 200 "$app/api/auth/login" --header 'Content-Type: application/json' \
    --data "{\"username\":\"admin\",\"password\":\"$(value ADMIN_PASSWORD)\"}" || return
  token=$(sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p' "$work/body")
  [ -n "$token" ]
}

create_patient() { # sets patient, its path
  request 201 "$app/api/patients" --dump-header "$work/headers" --header "Authorization: Bearer $token" \
    --header 'Content-Type: application/json' --data '{"family_name":"Durand","given_name":"Zoé"}' || return
  patient=$(tr -d '\r' <"$work/headers" | sed -n 's|^[Ll]ocation: .*\(/api/patients/[0-9]*\)$|\1|p')
  [ -n "$patient" ]
}

patient_is_there() {
  sign_in && request 200 "$app$patient" --header "Authorization: Bearer $token" &&
    grep -q '"given_name" *: *"Zoé"' "$work/body"
}

patient_is_gone() { sign_in && request 404 "$app$patient" --header "Authorization: Bearer $token"; }

app_is_confined() { # its user is not root, and its root cannot be written
  [ "$(compose exec -T app id -u)" = 10001 ] && ! compose exec -T app touch /written
}

app_stops_by_itself() { # an exit status of 137 would be a kill
  compose stop app && [ "$(docker inspect --format '{{.State.ExitCode}}' "$(compose ps --all --quiet app)")" = 0 ]
}

published_here_only() {
  compose port db 3306 && compose port phpmyadmin 80 &&
    [ "$(compose port db 3306)" = "127.0.0.1:$database_port" ] &&
    [ "$(compose port phpmyadmin 80)" = "127.0.0.1:$phpmyadmin_port" ]
}

database_is_set_up() { # docker/mariadb/patientele.cnf counts, whatever else the image configures
  local found
  found=$(compose exec -T -e MYSQL_PWD="$(value MYSQL_PASSWORD)" db mariadb --user=patientele --skip-column-names --execute='
    SELECT @@collation_server, @@collation_database, @@transaction_isolation, @@innodb_flush_log_at_trx_commit,
      @@sql_mode LIKE "%STRICT_ALL_TABLES%", @@time_zone' patientele) || return
  echo "$found"
  [ "$found" = $'utf8mb4_nopad_bin\tutf8mb4_nopad_bin\tREAD-COMMITTED\t1\t1\t+00:00' ]
}

phpmyadmin_lists_the_tables() { # as a person: the form, its token, the cookies, the page of the tables
  local cookies=(--cookie "$work/cookies" --cookie-jar "$work/cookies") form_token table
  request 200 "${cookies[@]}" "$phpmyadmin/" || return
  form_token=$(grep -o 'name="token" value="[^"]*"' "$work/body" | head -n 1 | cut -d '"' -f 4)
  request 302 "${cookies[@]}" "$phpmyadmin/index.php?route=/" --data-urlencode "token=$form_token" --data server=1 \
    --data pma_username=patientele --data-urlencode "pma_password=$(value MYSQL_PASSWORD)" || return
  request 200 "${cookies[@]}" "$phpmyadmin/index.php?route=/database/structure&db=patientele" || return
  for table in patient study; do
    grep -q "data-table=\"$table\"" "$work/body" || { echo "no table $table" && return 1; }
  done
}

for name in "${secrets[@]}"; do
  check "no $name: refused, with the command that makes one" names_the_command "$name" config --quiet
done
check "no JWT_SECRET: up is refused" names_the_command JWT_SECRET up --detach

echo "building the image: several minutes the first time" >&2
check "the image builds" compose build || exit
check "the project starts" start || exit
for service in db app phpmyadmin; do check "$service is healthy" healthy "$service"; done
check "the database and phpMyAdmin are published on 127.0.0.1 only" published_here_only
check "the database has its settings" database_is_set_up
check "the server is neither root nor able to write its image" app_is_confined

check 'GET / answers {"status":"OK"}' answers_ok
check "GET /swagger-ui/" request 200 "$app/swagger-ui/"
check "GET /openapi.yaml" request 200 "$app/openapi.yaml"
check "the administrator of .env signs in" sign_in || exit
check "a patient is created" create_patient || exit
check "the patient is read back" patient_is_there

check "phpMyAdmin shows its form" request 200 "$phpmyadmin/"
check "phpMyAdmin lists the tables to the database account" phpmyadmin_lists_the_tables

check "the server ends by itself when it is told to stop" app_stops_by_itself
check "down" compose down
check "up again" start || exit
check "the patient is still there" patient_is_there
check "down -v" compose down --volumes
check "up on nothing" start || exit
check "the patient is gone" patient_is_gone
