#!/usr/bin/env python3
"""Runs tests and adds up what passed and what failed.

usage: tools/run_tests.py SUITE...     (called by `make test`, which sets the environment)

SUITE is one of
    unit        each tests/unit/*.c is a program of cmocka tests
    property    the same of tests/property/*.c
    sim         the same of those tests/sim/*.c that are programs of cmocka, on a fast and on a sanitized build
    exhaust     tests/sim/exhaust.c: all that can happen to so many services is one test
    module      each tests/module/NAME.py must print what is in NAME.py.exp (MicroPython's own runner)
    cmake       the same tests on a build that CMake made with aioservice/micropython.cmake (tests/cmake)
    scenario    Python unittest, tests/scenario/test_*.py
    one         of the module tests those that TEST names, on the build KIND (`make test-one`)

The last line printed is "N passed, N failed". The exit status is 0 only if there was something to run
and all of it passed. What cannot be built, crashes, hangs or is empty counts as one failure.
"""

import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import unittest
from pathlib import Path

TOP = Path(os.environ.get("TOP", "."))
BUILD = TOP / "build"
MPY_BUILD = TOP / os.environ.get("MPY_BUILD", "build")
PROGRAM_TIMEOUT_S = 120
EXHAUST_TIMEOUT_S = 900
SCENARIO_TIMEOUT_S = 60


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def fail(self, what, output=""):
        self.failed += 1
        print(f"FAIL {what}")
        if output:
            print("".join(f"    {line}\n" for line in output.splitlines()), end="")

    def __str__(self):
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def run(command, **options):
    """Answers (exit status, stdout and stderr as text); status None is a timeout."""
    options.setdefault("timeout", PROGRAM_TIMEOUT_S)
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
        )
    except subprocess.TimeoutExpired as timeout:
        return None, (timeout.output or b"").decode(errors="replace") + "\ntimed out\n"
    return done.returncode, done.stdout.decode(errors="replace")


# unit, property, sim


def run_unit(tally):
    run_cmocka(tally, "unit")


def run_property(tally):
    run_cmocka(tally, "property")


def run_sim(tally):
    for source in sorted((TOP / "tests/sim").glob("*.c")):
        if source.stem != "exhaust" and re.search(r"^int main\(", source.read_text(), re.M):
            run_cmocka_program(tally, "sim", f"fast/{source.stem}")
            run_cmocka_program(tally, "sim", f"asan/{source.stem}")


def run_exhaust(tally):
    recorded = TOP / "tests/sim/exhaust-recorded.txt"
    status, output = run([BUILD / "sim/exhaust", "-r", recorded], timeout=EXHAUST_TIMEOUT_S)
    print(output, end="")
    tally.passed += len(re.findall(r"^services=.* ok$", output, re.M))
    if status != 0:
        tally.fail(f"exhaust: ended with status {status}")


def run_cmocka(tally, suite):
    for source in sorted((TOP / "tests" / suite).glob("*.c")):
        run_cmocka_program(tally, suite, source.stem)


def run_cmocka_program(tally, suite, name):
    environment = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP")
    status, output = run([BUILD / suite / name], env=environment)
    passed = len(re.findall(r"^ok \d+", output, re.M))
    failed = re.findall(r"^not ok \d+ - (.*)", output, re.M)
    tally.passed += passed
    if failed:
        tally.failed += len(failed)
        print(f"FAIL {suite} {name}: {', '.join(failed)}\n{output}")
    elif status != 0:
        tally.fail(f"{suite} {name}: ended with status {status}", output)
    elif passed == 0:
        tally.fail(f"{suite} {name}: has no test", output)


# module


def run_module(tally):
    run_module_on(tally, plain="AIOSERVICE", sanitized="AIOSERVICE_ASAN")


def run_cmake(tally):
    run_module_on(tally, cmake="AIOSERVICE_CMAKE")


def run_one(tally):
    kind = os.environ.get("KIND") or "plain"
    program = os.environ["AIOSERVICE"] + ("" if kind == "plain" else f"-{kind}")
    names = [Path(name).stem for name in os.environ.get("TEST", "").split()]
    unknown = set(names) - set(stageable_tests(tally))
    if unknown or not names:
        tally.fail(f"there is no tests/module/{', '.join(sorted(unknown)) or '...'}.py: say TEST=name")
        return
    run_module_with(tally, f"one-{kind}", program, names)
    if tally.skipped and kind == "plain":
        print("Many tests need the test clock, which only sanitized builds have: KIND=asan")


def run_module_on(tally, **builds):
    tests = stageable_tests(tally)
    for kind, program in builds.items():
        if tests:
            run_module_with(tally, kind, os.environ[program], tests)


def stageable_tests(tally):
    """The names of the tests; a file without an expected output is a mistake, and told."""
    names = []
    for file in sorted((TOP / "tests/module").glob("*.py")):
        if file.with_name(file.name + ".exp").exists():
            names.append(file.stem)
        elif not file.name.startswith("_"):
            tally.fail(f"module {file.stem}: there is no {file.name}.exp (a helper's name begins with _)")
    return names


def stage(names, stage_dir):
    """Gives each test a directory of its own, where it is run and may leave files."""
    shutil.rmtree(stage_dir, ignore_errors=True)
    source = TOP / "tests/module"
    shared = [p for p in source.iterdir() if p.name.startswith("_") and p.name != "__pycache__"]
    for name in names:
        directory = stage_dir / name
        directory.mkdir(parents=True)
        for file in source / f"{name}.py", source / f"{name}.py.exp":
            shutil.copy(file, directory)
        if (source / name).is_dir():
            shutil.copytree(source / name, directory, dirs_exist_ok=True)
        for item in shared:
            if item.is_dir():
                shutil.copytree(item, directory / item.name)
            else:
                shutil.copy(item, directory)
    return [str(stage_dir / name / f"{name}.py") for name in names]


def run_module_with(tally, kind, program, names):
    results = MPY_BUILD / "tests" / f"{kind}-results"
    shutil.rmtree(results, ignore_errors=True)
    files = stage(names, MPY_BUILD / "tests" / kind)
    environment = dict(
        os.environ,
        MICROPY_MICROPYTHON=program,
        PYTHONDONTWRITEBYTECODE="1",  # MicroPython's tree is only read
        # The collector looks at every word of the stack and frees what it finds unused, so a report of
        # leaks at exit, or a stack kept elsewhere, makes no sense.
        ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=0",
        UBSAN_OPTIONS="print_stacktrace=1",
    )
    runner = [sys.executable, Path(os.environ["MPY"]) / "tests/run-tests.py", "-r", str(results)]
    status, output = run(runner + files, env=environment, timeout=None)
    passed = re.search(r"^(\d+) tests passed$", output, re.M)
    skipped = re.search(r"^\d+ tests skipped: (.*)$", output, re.M)
    failed = failed_tests(results)
    for name in failed:
        tally.fail(f"module {name} ({kind})")
    if failed:
        print(run(runner + ["--print-failures"], env=environment)[1])
    if skipped:
        # Some runners name a skipped test by its path.
        print(f"skipped ({kind}): {' '.join(sorted(Path(name).stem for name in skipped[1].split()))}")
    n_passed = int(passed[1]) if passed else 0
    n_skipped = len(skipped[1].split()) if skipped else 0
    tally.passed += n_passed
    tally.skipped += n_skipped
    if n_passed + n_skipped + len(failed) != len(names) or (status != 0 and not failed):
        tally.fail(f"module ({kind}): the runner did not run all", output)


def failed_tests(results):
    """The runner's tests run side by side and mix their lines, so their names are read from its file."""
    file = results / "_results.json"
    paths = json.loads(file.read_text())["failed_tests"] if file.exists() else []
    return sorted(Path(path).stem for path in paths)


# scenario


class ScenarioResult(unittest.TextTestResult):
    """A test that waits for something that never comes must not hold up the others."""

    def startTest(self, test):
        super().startTest(test)
        signal.signal(signal.SIGALRM, self.expire)
        signal.alarm(SCENARIO_TIMEOUT_S)

    def stopTest(self, test):
        signal.alarm(0)
        super().stopTest(test)

    @staticmethod
    def expire(signum, frame):
        raise TimeoutError(f"the test took longer than {SCENARIO_TIMEOUT_S} s")


def run_scenario(tally):
    importlib.invalidate_caches()  # a Python package may just have been installed
    sys.dont_write_bytecode = True
    directory = str(TOP / "tests/scenario")
    suite = unittest.defaultTestLoader.discover(directory, top_level_dir=directory)
    runner = unittest.TextTestRunner(stream=sys.stdout, resultclass=ScenarioResult, verbosity=0)
    result = runner.run(suite)
    bad = result.failures + result.errors + [(test, "") for test in result.unexpectedSuccesses]
    # One test may report several failures (subTest), and a class that cannot be set up is no test that ran.
    failed = {getattr(test, "test_case", test).id() for test, _ in bad}
    failed_before_running = sum(not isinstance(test, unittest.TestCase) for test, _ in result.errors)
    tally.failed += len(failed)
    tally.skipped += len(result.skipped)
    tally.passed += result.testsRun + failed_before_running - len(failed) - len(result.skipped)


SUITES = {
    "unit": run_unit,
    "property": run_property,
    "sim": run_sim,
    "exhaust": run_exhaust,
    "module": run_module,
    "cmake": run_cmake,
    "scenario": run_scenario,
    "one": run_one,
}


def run_suite(name):
    tally = Tally()
    print(f"{name} tests", flush=True)
    build = [os.environ.get("MAKE", "make"), "--no-print-directory", f"prepare-{name}"]
    # close_fds: a `make -j` shares its jobs by open files.
    if subprocess.run(build, cwd=TOP, stdin=subprocess.DEVNULL, close_fds=False).returncode != 0:
        tally.fail(f"{name}: could not be built")
        return tally
    try:
        SUITES[name](tally)
    except Exception as error:
        tally.fail(f"{name}: the runner failed", f"{type(error).__name__}: {error}")
    if tally.passed + tally.failed + tally.skipped == 0:
        tally.fail(f"{name}: there is no test")
    print(f"  {tally}", flush=True)
    return tally


def main():
    names = sys.argv[1:]
    if not names or any(name not in SUITES for name in names):
        sys.exit(__doc__)
    total = Tally()
    try:
        for name in names:
            total.add(run_suite(name))
    except KeyboardInterrupt:
        total.fail("interrupted")
    print(f"{total.passed} passed, {total.failed} failed", flush=True)
    sys.exit(1 if total.failed or not total.passed else 0)


if __name__ == "__main__":
    main()
