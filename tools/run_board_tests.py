#!/usr/bin/env python3
"""Runs the tests of the emulated boards.

usage: tools/run_board_tests.py boards     (called by `make test-boards`, which sets the environment)

On each board, tests/module/NAME.py must print what is in NAME.py.exp, each in an emulation of its own; then
ports/qemu/tests/test_*.py, Python's unittest, looks at the boards themselves. A test that prints SKIP is named
and counted. The last line is "N passed, N failed".
"""

import concurrent.futures
import os
import signal
import sys
import unittest

import board_run
import run_tests

# The longest test takes 20 s of a processor, which may be shared with much else.
TIMEOUT_S = 300


def run_boards(tally):
    names = run_tests.stageable_tests(tally)
    for board in board_run.MACHINES:
        run_module_on(tally, board, names)
    run_own_tests(tally)


def run_module_on(tally, board, names, elf=None):
    run_tests.stage(names, run_tests.MPY_BUILD / "tests" / board)
    skipped = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, outcome in zip(names, pool.map(lambda name: run_one(board, name, elf), names)):
            if outcome == "SKIP":
                skipped.append(name)
            elif outcome:
                tally.fail(f"module {name} ({board})", outcome)
            else:
                tally.passed += 1
    if skipped:
        tally.skipped += len(skipped)
        print(f"skipped ({board}): {' '.join(skipped)}")


def run_one(board, name, elf):
    """Answers "" for a test that passed, "SKIP", or what is wrong."""
    folder = run_tests.MPY_BUILD / "tests" / board / name
    files = {path.name: path for path in sorted(folder.iterdir()) if path.suffix != ".exp"}
    status, output = board_run.run(board, [f"{name}.py"], files, elf=elf, timeout=TIMEOUT_S)
    (folder / f"{name}.py.out").write_text(output)
    if status == 0 and output == "SKIP\n":
        return "SKIP"
    if status == 0 and output == (folder / f"{name}.py.exp").read_text():
        return ""
    return f"exit status {status}\n{output}"


def run_own_tests(tally):
    sys.dont_write_bytecode = True
    folder = str(run_tests.TOP / "ports/qemu/tests")
    suite = unittest.defaultTestLoader.discover(folder, top_level_dir=folder)
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=0).run(suite)
    failed = {test.id() for test, _ in result.failures + result.errors}
    tally.failed += len(failed)
    tally.passed += max(result.testsRun - len(failed) - len(result.skipped), 0)
    tally.skipped += len(result.skipped)
    for test, reason in result.skipped:
        print(f"skipped: {test.id()}: {reason}")


run_tests.SUITES = {"boards": run_boards}

if __name__ == "__main__":
    run_tests.main()
