#!/usr/bin/env python3
"""Breaks the manager in each way of tests/sim/mutants.py, and says which test finds it.

usage: tools/run_mutants.py [--all] [WORDS]     (called by `make test-mutants`, which sets the environment)

WORDS: only the mutants in whose description that text stands. --all: each test looks at each mutant; else the tests
after the first one that finds it do not.

A mutant is found when a test fails, crashes or does not come to an end. It is as it should be when it is found, or is
named an equivalent and no test finds it. A mutant whose text does not stand in the source exactly once is a failure.
The last line is "N passed, N failed". The exit status is 0 only if there was a mutant and all are as they should be.
"""

import os
import subprocess
import sys
from collections import Counter, namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOP = Path(os.environ.get("TOP") or Path(__file__).resolve().parent.parent)
BUILD = TOP / "build/mutants"
SOURCES = TOP / "aioservice"
CC = os.environ.get("CC") or "gcc"
sys.path.insert(0, str(TOP / "tests/sim"))
sys.dont_write_bytecode = True
from mutants import MUTANTS  # noqa: E402

FLAGS = f"-std=gnu99 -O1 -w -I{SOURCES} -I{TOP}/tests/sim -I{TOP}/tests/property".split()
EXHAUST_FLAGS = tuple(os.environ["EXHAUST_FLAGS"].split())
MANAGER = sorted(f"aioservice/manager/{file.name}" for file in SOURCES.glob("manager/*.c"))
SIM = [*MANAGER, "aioservice/core/restart.c", "aioservice/core/series.c"]
WORLD = ["tests/sim/world.c", "tests/sim/invariants.c", *SIM]

# files, flags of its own, arguments, how many random events, and the seconds after which it does not come to an end: of
# processor time, so that it makes no difference what else the machine does
Program = namedtuple("Program", "files flags arguments events most_s")
# In the order in which they look: the quick ones first.
PROGRAMS = {
    "scenarios": Program(["tests/sim/scenarios.c", *WORLD], (), [], 0, 2),
    "restart": Program(["tests/property/restart.c", "aioservice/core/restart.c"], (), [], 100000, 20),
    "policy": Program(["tests/sim/policy.c", "tests/sim/model.c", *SIM], (), [], 400000, 60),
    "random": Program(["tests/sim/random.c", "tests/sim/tape.c", *WORLD], (), [], 200000, 60),
    "exhaust": Program(["tests/sim/exhaust.c", *WORLD], EXHAUST_FLAGS, ["10", "7", "5", "3"], 0, 90),
}


def build(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise ValueError("it cannot be built: " + done.stdout.decode(errors="replace"))


class Objects:
    """Compiles each file once for each set of flags, when it is needed. One file may be replaced by another text."""

    def __init__(self, directory, base=None, replaced=None, text=""):
        self.directory, self.base, self.replaced, self.text = directory, base, replaced, text
        self.known = {}
        directory.mkdir(parents=True, exist_ok=True)

    def of(self, path, flags):
        if self.base and path != self.replaced:
            return self.base.of(path, flags)
        if (path, flags) not in self.known:
            target = self.directory / f"{len(self.known)}-{Path(path).stem}.o"
            source = TOP / path
            if path == self.replaced:
                source = self.directory / "mutant.c"
                source.write_text(self.text)
            build([CC, *FLAGS, *flags, "-c", "-o", target, source])
            self.known[path, flags] = target
        return self.known[path, flags]

    def program(self, name):
        target = self.directory / name
        files, flags = PROGRAMS[name].files, PROGRAMS[name].flags
        build([CC, "-o", target, *(self.of(path, flags) for path in files), "-lcmocka"])
        return target


def fails(name, program):
    _, _, arguments, events, most_s = PROGRAMS[name]
    environment = {**os.environ, "ASVC_SEED": "1", "ASVC_RUNS": str(events)}
    command = ["sh", "-c", f'ulimit -t {most_s}; ulimit -c 0; exec "$@"', "sh", program, *arguments]
    silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.run(command, env=environment, **silent).returncode != 0


def finders(number, mutant, base, ask_all):
    """Builds the tests with the mutant; answers the names of those that find it."""
    path = f"aioservice/{mutant.file}"
    text = (TOP / path).read_text()
    if text.count(mutant.text) != 1:
        raise ValueError(f"the source has its text {text.count(mutant.text)} times, not once")
    objects = Objects(BUILD / str(number), base, path, text.replace(mutant.text, mutant.instead))
    found = []
    for name, program in PROGRAMS.items():
        if path in program.files and (ask_all or not found):
            built = objects.program(name)
            if fails(name, built):
                found.append(name)
            built.unlink()
    return found


def judge(number, mutant, base, ask_all):
    """Says what became of a mutant; answers whether that is as it should be, and which tests have found it."""
    found = []
    try:
        found = finders(number, mutant, base, ask_all)
        well = bool(found) != bool(mutant.equivalent)
        how = f"found by {', '.join(found)}" if found else "not found"
        if mutant.equivalent:
            how += f", is an equivalent: {mutant.equivalent}"
    except ValueError as error:
        well, how = False, str(error)
    print(f"{'ok  ' if well else 'FAIL'} {mutant.file}: {mutant.what}: {how}\n", end="", flush=True)
    return well, found


def main():
    words = [word for word in sys.argv[1:] if word != "--all"]
    ask_all = len(words) < len(sys.argv) - 1
    chosen = [(i, mutant) for i, mutant in enumerate(MUTANTS) if not words or words[0] in mutant.what]
    base = Objects(BUILD / "base")
    for name in PROGRAMS:
        if fails(name, base.program(name)):
            print(f"FAIL {name} fails without a mutant\n0 passed, 1 failed")
            sys.exit(1)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda item: judge(*item, base, ask_all), chosen))
    n_equivalent = sum(bool(mutant.equivalent) for _, mutant in chosen)
    n_well = sum(well for well, _ in results)
    found = Counter(name for _, names in results for name in names)
    print(f"{len(chosen)} mutants, {n_equivalent} of them equivalents")
    print("found by " + ", ".join(f"{name}: {found[name]}" for name in PROGRAMS))
    print(f"{n_well} passed, {len(chosen) - n_well} failed")
    sys.exit(0 if chosen and n_well == len(chosen) else 1)


if __name__ == "__main__":
    main()
