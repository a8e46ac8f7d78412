#!/usr/bin/env python3
"""Builds aioservice with each supported version of MicroPython, and tests it there.

usage: tools/run_micropython_tests.py micropython     (called by `make test-micropython`, which sets the environment)

The versions are those of tools/get-micropython.sh, and the source that MPY_DIR names, if it is set. With each,
    each of PROGRAMS is built, without a warning: one test for each
    aioservice tells the version that was meant: one test
    make test-module and make test-boards run, and are added up
in build/versions/VERSION, so that the programs in build/ stay as they are. Where one cannot be built, that is one
failure, and the rest with that version is left out. The last line is "N passed, N failed".
"""

import os
import re
import subprocess

import run_tests

PROGRAMS = "mpy-cross", "aioservice", "aioservice-asan", "boards/cortex-m3.elf", "boards/rv32.elf"
TARGETS = "test-module", "test-boards"
TELL_VERSION = "import sys; print('.'.join(str(part) for part in sys.implementation.version[:3]))"


def run_versions(tally):
    _, versions = run_tests.run([run_tests.TOP / "tools/get-micropython.sh", "--versions"])
    for version in versions.split():
        run_version(tally, version, [f"MPY_VERSION={version}", "MPY_DIR="])
    if os.environ.get("MPY_DIR"):
        run_version(tally, "MPY_DIR", [f"MPY_DIR={os.environ['MPY_DIR']}"])


def run_version(tally, name, settings):
    folder = f"build/versions/{name}"
    # The warnings are looked for in the logs, and V=1 writes none.
    make = [os.environ.get("MAKE", "make"), "--no-print-directory", f"MPY_BUILD={folder}", "V=", *settings]
    print(f"MicroPython {name}", flush=True)
    if all(build(tally, make, f"{folder}/{program}") for program in PROGRAMS):
        check_version(tally, name, f"{folder}/aioservice")
        for target in TARGETS:
            run_target(tally, make, target)


def build(tally, make, program):
    if subprocess.run([*make, program], stdin=subprocess.DEVNULL, close_fds=False).returncode != 0:
        tally.fail(f"{program}: could not be built")
        return False
    log = (run_tests.TOP / f"{program}.log").read_text(errors="replace")
    warnings = [line for line in log.splitlines() if "warning:" in line]
    if warnings:
        tally.fail(f"{program}: was built with warnings, in {program}.log", "\n".join(warnings))
    else:
        tally.passed += 1
    return True


def check_version(tally, name, program):
    status, output = run_tests.run([run_tests.TOP / program, "-c", TELL_VERSION])
    version = output.strip()
    print(f"  {program} is {version}", flush=True)
    if status == 0 and (name == "MPY_DIR" or version.startswith(f"{name}.")):
        tally.passed += 1
    else:
        tally.fail(f"{program}: is not MicroPython {name}", output)


def run_target(tally, make, target):
    """Runs the tests of a target, shows what they print, but for the total, and adds up their sums."""
    found = run_tests.Tally()
    with subprocess.Popen(
        [*make, target], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, errors="replace", close_fds=False
    ) as process:
        for line in process.stdout:
            sum_ = re.fullmatch(r"  (\d+) passed, (\d+) failed(?:, (\d+) skipped)?\n", line)
            if sum_:
                found.passed += int(sum_[1])
                found.failed += int(sum_[2])
                found.skipped += int(sum_[3] or 0)
            if not re.fullmatch(r"\d+ passed, \d+ failed\n", line):
                print(line, end="", flush=True)
    tally.add(found)
    if found.passed == 0 or (process.returncode != 0 and not found.failed):
        tally.fail(f"{target}: did not come to its end")


run_tests.SUITES = {"micropython": run_versions}

if __name__ == "__main__":
    run_tests.main()
