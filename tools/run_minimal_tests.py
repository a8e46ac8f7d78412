#!/usr/bin/env python3
"""Runs the module tests on the minimal build, which has no feature of core/config.h.

usage: tools/run_minimal_tests.py minimal     (called by `make test-minimal`, which sets the environment)

tests/module/needs.txt says which tests need a feature. They are skipped, named and counted; all others must print
what is in NAME.py.exp, on a sanitized build for unix and on an emulated Cortex-M3. A test that is said to need a
feature and passes without is a mistake in that file, and a failure. The last line is "N passed, N failed".
"""

import concurrent.futures
import fnmatch
import os

import run_board_tests
import run_tests

BOARD = "cortex-m3"


def run_minimal(tally):
    names = run_tests.stageable_tests(tally)
    needy = needs(tally, names)
    plain = [name for name in names if name not in needy]
    print(f"skipped, as they need a feature: {' '.join(needy)}")
    tally.skipped += len(needy)
    program = os.environ["AIOSERVICE_MINIMAL"]
    run_tests.run_module_with(tally, "minimal", program, plain)
    for name in passing(program, needy):
        tally.fail(f"module {name}: passes on the minimal build, but tests/module/needs.txt says that it needs a feature")
    run_board_tests.run_module_on(tally, BOARD, plain, elf=run_tests.MPY_BUILD / f"boards/{BOARD}-minimal-test.elf")


def needs(tally, names):
    """The tests that need a feature, by tests/module/needs.txt: lines of PATTERN: FEATURE..."""
    text = (run_tests.TOP / "tests/module/needs.txt").read_text()
    needy = set()
    for line in text.splitlines():
        pattern = line.split("#")[0].split(":")[0].strip()
        found = fnmatch.filter(names, pattern) if pattern else []
        if pattern and not found:
            tally.fail(f"tests/module/needs.txt: there is no test {pattern}")
        needy.update(found)
    return sorted(needy)


def passing(program, names):
    folder = run_tests.MPY_BUILD / "tests/minimal-needy"
    run_tests.stage(names, folder)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = pool.map(lambda name: run_tests.run([program, f"{name}.py"], cwd=folder / name), names)
        return [name for name, outcome in zip(names, outcomes) if outcome == (0, expected(name))]


def expected(name):
    return (run_tests.TOP / f"tests/module/{name}.py.exp").read_text()


run_tests.SUITES = {"minimal": run_minimal}

if __name__ == "__main__":
    run_tests.main()
