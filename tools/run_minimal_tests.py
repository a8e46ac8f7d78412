#!/usr/bin/env python3
"""Runs the module tests on the minimal build, which has no feature of core/config.h, and on a small one.

usage: tools/run_minimal_tests.py minimal     (called by `make test-minimal`, which sets the environment)

tests/module/needs.txt says which tests need which features. Those that need none must print what is in NAME.py.exp
on the minimal build, sanitized for unix and on an emulated Cortex-M3; those that need no more than SMALL_FEATURES on a
build with these. The others are skipped, named and counted. A test that is said to need a feature and passes without
any is a mistake in that file, and a failure. The last line is "N passed, N failed".
"""

import concurrent.futures
import fnmatch
import os

import run_board_tests
import run_tests

BOARD = "cortex-m3"


def run_minimal(tally):
    names = run_tests.stageable_tests(tally)
    features = needs(tally, names)
    plain = [name for name in names if name not in features]
    small = [name for name in features if features[name] <= set(os.environ["SMALL_FEATURES"].split())]
    skipped = [name for name in features if name not in small]
    print(f"skipped, as they need a feature: {' '.join(skipped)}")
    tally.skipped += len(skipped)
    program = os.environ["AIOSERVICE_MINIMAL"]
    run_tests.run_module_with(tally, "minimal", program, plain)
    run_tests.run_module_with(tally, "small", os.environ["AIOSERVICE_SMALL"], small)
    for name in passing(program, list(features)):
        tally.fail(f"module {name}: passes on the minimal build, but tests/module/needs.txt says that it needs a feature")
    run_board_tests.run_module_on(tally, BOARD, plain, elf=run_tests.MPY_BUILD / f"boards/{BOARD}-minimal-test.elf")


def needs(tally, names):
    """{a test that needs features: which}, by tests/module/needs.txt: lines of PATTERN: FEATURE..."""
    text = (run_tests.TOP / "tests/module/needs.txt").read_text()
    needed = {}
    for line in text.splitlines():
        pattern, _, features = line.split("#")[0].partition(":")
        found = fnmatch.filter(names, pattern.strip()) if pattern.strip() else []
        if pattern.strip() and not found:
            tally.fail(f"tests/module/needs.txt: there is no test {pattern.strip()}")
        for name in found:
            needed.setdefault(name, set()).update(features.split())
    return dict(sorted(needed.items()))


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
