#!/usr/bin/env python3
"""What the audit trail costs: requests per second with it and without it, in turn on one database, in one run.

Without it is a server that only a build for this measurement has; it says so, loudly, when it starts. What is left out is the
event of each request, not the former states of rows, which histories are made of. Needs `wrk` (Debian's package of this name).

    cargo build --release -p patientele --features unaudited
    bench/audit_cost.py target/release/patientele                                          # SQLite
    tests/setup/mariadb.sh bench/audit_cost.py target/release/patientele --mariadb
"""

import argparse
import json
import os
import statistics
import tempfile

from run import MariaDb, drive, say
from scenarios import Scenario
from server import Server

AIMS = {"read": 0.10, "change": 0.15, "create": 0.15}
# Lines of a scenario: as many changes of each patient as differ from one another.
LINES = 20_000


def scenarios(patients, connections):
    def line(method, path, body):
        return f"{method}\t{path}\t{json.dumps(body)}"

    change = [line("PATCH", f"/api/patients/{number % patients + 1}", {"comments": f"visit {number}"}) for number in range(LINES)]
    create = [line("POST", "/api/patients", {"family_name": f"Durand{number % 97}", "given_name": "Zoé"}) for number in range(LINES)]
    return [
        Scenario("read", connections, [f"/api/patients/{number + 1}" for number in range(patients)]),
        Scenario("change", connections, change),
        Scenario("create", connections, create),
    ]


def fill(server, patients):
    token = server.sign_in()
    for number in range(patients):
        status, document = server.ask("POST", "/api/patients", {"family_name": f"Petit{number % 97}"}, token)
        if status != 201:
            raise SystemExit(f"a patient: {status} {document}")


def measure(server, wanted, seconds):
    with server:
        token = server.sign_in()
        return {scenario.name: drive(server, token, scenario, seconds)["per_second"] for scenario in wanted}


def tell(results):
    print("| | with the trail, per second | without | costs | aim |\n| --- | --- | --- | --- | --- |")
    for name, aim in AIMS.items():
        with_it, without = (statistics.median(result[name] for result in results[verb]) for verb in ("serve", "serve-unaudited"))
        print(f"| {name} | {with_it:,.0f} | {without:,.0f} | {1 - with_it / without:.1%} | {aim:.0%} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--mariadb", action="store_true", help="on the MariaDB of TEST_DATABASE_URL")
    parser.add_argument("--patients", type=int, default=2000)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = MariaDb(os.environ["TEST_DATABASE_URL"], os.path.join(folder, "loaded"), "audit") if options.mariadb else None
        if engine:
            engine.begin_load()
        server = Server(options.program, folder, engine.url if engine else "")
        with server:
            fill(server, options.patients)
        wanted = scenarios(options.patients, options.connections)
        results = {"serve": [], "serve-unaudited": []}
        for turn in range(options.rounds):
            # Each of the two is first as often, since the database grows.
            for server.verb in sorted(results, reverse=turn % 2 == 1):
                say(f"round {turn + 1} of {options.rounds}: {server.verb}, load {os.getloadavg()[0]:.1f}")
                results[server.verb].append(measure(server, wanted, options.seconds))
        name = "MariaDB" if engine else "SQLite"
        print(f"## {name}, {os.cpu_count()} cores, {options.connections} connections, median of {options.rounds}\n")
        tell(results)
        if engine:
            engine.client(f"DROP DATABASE {engine.name}")


if __name__ == "__main__":
    main()
