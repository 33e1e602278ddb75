#!/usr/bin/env python3
"""How fast the registry is, and how that grows with it.

Invents patients with three studies each, loads them by `patientele import`, asks the server as scripts do, and sets each figure
beside what the engine alone does on one connection for the same answer, in the same run. Prints Markdown tables. Needs `wrk`
(Debian's package of this name).

    bench/run.py target/release/patientele                                 # SQLite, 10,000 patients and 1,000,000
    bench/run.py target/release/patientele --patients 100000 --rounds 1    # a first impression
    MARIADB_OPTIONS=--innodb-buffer-pool-size=2G tests/setup/mariadb.sh bench/run.py target/release/patientele --mariadb
"""

import argparse
import json
import os
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

import generate
import scenarios
from server import Server

HERE = os.path.dirname(os.path.abspath(__file__))
RAW_SECONDS = 0.7


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


class Sqlite:
    """The embedded engine, and its file."""

    def __init__(self, folder):
        self.folder = folder
        self.url = ""

    def is_loaded(self):
        return os.path.exists(os.path.join(self.folder, "loaded"))

    def begin_load(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)

    def end_load(self):
        open(os.path.join(self.folder, "loaded"), "w").close()

    def path(self):
        return next(os.path.join(self.folder, name) for name in os.listdir(self.folder) if name.endswith((".db", ".sqlite")))

    def warm(self):
        """Reads the file once, so that the registry is measured and not the disk, whatever the system does with memory that rests."""
        with open(self.path(), "rb", buffering=0) as file:
            while file.read(1 << 20):
                pass

    def per_second(self, statements):
        connection = sqlite3.connect(f"file:{self.path()}?mode=ro", uri=True)
        connection.execute("PRAGMA mmap_size = 268435456")
        connection.execute("PRAGMA cache_size = -16384")
        done, started = 0, time.perf_counter()
        while time.perf_counter() - started < RAW_SECONDS:
            connection.execute(statements[done % len(statements)]).fetchall()
            done += 1
        elapsed = time.perf_counter() - started
        connection.close()
        return done / elapsed


class MariaDb:
    """A server at an address; each number of patients is a database of its own."""

    def __init__(self, address, folder, number):
        self.parts = urllib.parse.urlsplit(address)
        self.folder = folder
        self.name = f"bench_{number}"
        self.url = f"{address}/{self.name}"

    def client(self, statements, *arguments):
        command = ["mariadb", "--no-defaults", f"--host={self.parts.hostname}", f"--port={self.parts.port}", *arguments,
                   f"--user={self.parts.username}", "--batch", "--skip-column-names", "--default-character-set=utf8mb4"]
        environment = {**os.environ, "MYSQL_PWD": self.parts.password or ""}
        return subprocess.run(command, input=statements, env=environment, text=True, check=True, capture_output=True).stdout

    def is_loaded(self):
        known = self.client(f"SHOW DATABASES LIKE '{self.name}'")
        return bool(known) and os.path.exists(os.path.join(self.folder, "loaded"))

    def begin_load(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.client(f"DROP DATABASE IF EXISTS {self.name}; CREATE DATABASE {self.name}")

    def end_load(self):
        open(os.path.join(self.folder, "loaded"), "w").close()

    def warm(self):
        """Its pages are in its own pool since they were loaded."""

    def per_second(self, statements):
        # One at first: some take seconds.
        number = 1
        while True:
            script = ";\n".join(statements[index % len(statements)] for index in range(number)) + ";\n"
            started = time.perf_counter()
            self.client(script, self.name)
            elapsed = time.perf_counter() - started
            if elapsed >= RAW_SECONDS:
                return number / elapsed
            number = int(number * max(2, RAW_SECONDS / elapsed))


def load(server, engine, folder, number):
    """Loads the files if that is still to be done; what it came to, or nothing."""
    if engine.is_loaded():
        return None
    say(f"inventing {number:,} patients")
    files = generate.write(number, folder)
    engine.begin_load()
    server.command("migrate", "up", stdout=subprocess.DEVNULL)
    say("importing")
    started = time.perf_counter()
    process = subprocess.Popen(
        [server.program, "import", "--json", *files], cwd=server.folder, env=server.environment, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - started
    if status:
        raise SystemExit("the import failed")
    engine.end_load()
    rows = number * (1 + generate.STUDIES)
    return {"rows": rows, "seconds": elapsed, "per_second": rows / elapsed, "mebibytes": used.ru_maxrss / 1024}


def drive(server, token, scenario, seconds):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as paths:
        paths.write("\n".join(scenario.paths))
        paths.flush()
        command = ["wrk", "--threads", "1", "--connections", str(scenario.connections), "--duration", f"{seconds}s",
                   "--timeout", "30s", "--script", f"{HERE}/load.lua", "--header", f"Authorization: Bearer {token}",
                   f"http://{server.address}"]
        environment = {**os.environ, "PATHS": paths.name}
        said = subprocess.run(command, env=environment, text=True, check=True, capture_output=True).stdout
    result = json.loads(re.search(r"^RESULT (.*)$", said, re.MULTILINE).group(1))
    if result["failed"]:
        raise SystemExit(f"{scenario.name}: {result['failed']} of {result['requests']} failed")
    return {
        "per_second": result["requests"] / result["microseconds"] * 1e6,
        "p50": result["p50"] / 1000,
        "p99": result["p99"] / 1000,
    }


def measure(server, engine, options, folder, number):
    token = server.sign_in()
    wanted = scenarios.all_searches(folder, number)
    say("walking to the ends of the lists")
    wanted += scenarios.lists(server, token, options.only)
    wanted = [scenario for scenario in wanted if options.only in scenario.name]
    results = {scenario.name: [] for scenario in wanted}
    most = server.mebibytes()
    for turn in range(options.rounds):
        for scenario in wanted:
            say(f"round {turn + 1} of {options.rounds}: {scenario.name}")
            engine.warm()
            result = drive(server, token, scenario, options.seconds)
            result["raw"] = engine.per_second(scenario.raw) if scenario.raw else None
            results[scenario.name].append(result)
            most = max(most, server.mebibytes())
    medians = {name: {key: median(result[key] for result in several) for key in several[0]} for name, several in results.items()}
    return wanted, medians, most


def median(values):
    values = list(values)
    return None if None in values else statistics.median(values)


def tell(number, wanted, medians, most, loaded):
    print(f"\n### {number:,} patients, {number * generate.STUDIES:,} studies\n")
    if loaded:
        print(
            f"Import: {loaded['rows']:,} rows in {loaded['seconds']:.0f} s, {loaded['per_second']:,.0f} rows/s, "
            f"{loaded['mebibytes']:.0f} MiB at most.\n"
        )
    print("| | per second | p50 ms | p99 ms | raw engine per second | to raw | beside |\n| --- | --- | --- | --- | --- | --- | --- |")
    for scenario in wanted:
        result = medians[scenario.name]
        raw, ratio, beside = "", "", ""
        if result["raw"]:
            raw, ratio = f"{result['raw']:,.0f}", f"{result['per_second'] / result['raw']:.2f}"
        if other := medians.get(scenario.beside):
            beside = f"{result['per_second'] / other['per_second']:.2f} of {scenario.beside}"
        print(
            f"| {scenario.name} | {result['per_second']:,.0f} | {result['p50']:.2f} | {result['p99']:.2f} "
            f"| {raw} | {ratio} | {beside} |"
        )
    print(f"\nMemory of the server at most: {most:.0f} MiB (PSS).")


def tell_growth(all_medians):
    small, large = min(all_medians), max(all_medians)
    print(f"\n### From {small:,} to {large:,} patients\n\n| | p50 ms | p50 ms | times |\n| --- | --- | --- | --- |")
    for name, result in all_medians[large].items():
        if before := all_medians[small].get(name):
            print(f"| {name} | {before['p50']:.2f} | {result['p50']:.2f} | {result['p50'] / before['p50']:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--patients", default="10000,1000000")
    parser.add_argument("--mariadb", action="store_true", help="on the MariaDB of TEST_DATABASE_URL")
    parser.add_argument("--folder", default="target/bench", help="what is invented and loaded is kept here")
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="scenarios whose name has this")
    options = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin"
    engine_name = "MariaDB" if options.mariadb else "SQLite"
    print(f"## {engine_name}, {os.cpu_count()} cores, {platform.machine()}, median of {options.rounds}")
    all_medians = {}
    for number in (int(text) for text in options.patients.split(",")):
        rows = os.path.realpath(f"{options.folder}/{number}")
        data = os.path.realpath(f"{options.folder}/{number}-{engine_name.lower()}")
        engine = MariaDb(os.environ["TEST_DATABASE_URL"], data, number) if options.mariadb else Sqlite(data)
        server = Server(options.program, data, engine.url)
        loaded = load(server, engine, rows, number)
        with server:
            wanted, medians, most = measure(server, engine, options, rows, number)
        tell(number, wanted, medians, most, loaded)
        all_medians[number] = medians
    if len(all_medians) > 1:
        tell_growth(all_medians)


if __name__ == "__main__":
    main()
