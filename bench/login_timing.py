#!/usr/bin/env python3
"""Whether the time of a refused sign-in tells which names exist.

Starts the server on a database of its own (DATABASE_URL: another, empty one), signs in with wrong passwords, in turn to an
account that exists and to names that do not, and compares the medians. Fails when they differ by more than 5 %.

    bench/login_timing.py target/release/patientele [SAMPLES]
"""

import os
import secrets
import statistics
import sys
import tempfile
import time

from server import Server

LIMIT = 0.05
WARM_UP = 10
# Failures in a row before an account waits, as the server is told; a success in between begins anew.
FREE = 50


SETTINGS = {"LOGIN_ACCOUNT_FAILURES": str(FREE), "LOGIN_ADDRESS_FAILURES": "10000"}


def sign_in(server, name, password, expected):
    started = time.perf_counter()
    status, document = server.ask("POST", "/api/auth/login", {"username": name, "password": password})
    elapsed = time.perf_counter() - started
    if status != expected:
        sys.exit(f"{name}: {status} {document}")
    return elapsed


def measure(server, samples):
    known, unknown = [], []
    for number in range(WARM_UP + samples):
        if number % (FREE - 5) == 0:
            sign_in(server, "admin", server.password, 200)
        # As long a name, and each of the two is first as often.
        other = secrets.token_hex(3)[:5]
        pair = [("admin", known), (other, unknown)]
        for name, times in pair if number % 2 else reversed(pair):
            elapsed = sign_in(server, name, "not the password", 401)
            if number >= WARM_UP:
                times.append(elapsed)
    return known, unknown


def main():
    program, samples = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with tempfile.TemporaryDirectory() as folder:
        with Server(program, folder, os.environ.get("DATABASE_URL", ""), **SETTINGS) as server:
            known, unknown = measure(server, samples)
    medians = {}
    for kind, times in (("known", known), ("unknown", unknown)):
        low, median, high = statistics.quantiles([time * 1000 for time in times], n=4)
        medians[kind] = median
        print(f"{kind:8} n={len(times)}  median {median:.2f} ms  quartiles {low:.2f} .. {high:.2f} ms")
    difference = medians["unknown"] / medians["known"] - 1
    print(f"difference of the medians {difference:+.2%}, allowed {LIMIT:.0%}")
    sys.exit(abs(difference) > LIMIT)


if __name__ == "__main__":
    main()
