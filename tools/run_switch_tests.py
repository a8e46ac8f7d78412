#!/usr/bin/env python3
"""Compiles aioservice with each of its features left out, and with all of them.

usage: tools/run_switch_tests.py switches     (called by `make test-switches`, which sets the environment)

The features are the switches in aioservice/core/config.h. For unix and for a Cortex-M3 and with the flags of its
firmware, all of aioservice must compile without a warning when one feature is left out, when only one is there,
and when none is; and no file may need what another one has then left out. The last line is "N passed, N failed".
"""

import concurrent.futures
import hashlib
import os
import re
import shlex
import subprocess

import compiling
import run_tests

AIOSERVICE = run_tests.TOP / "aioservice"
OBJECTS = run_tests.MPY_BUILD / "switches"

# name: (part of MicroPython, what its makefile calls our object files' folder, its settings, nm)
TARGETS = {
    "unix": ("ports/unix", "unix", "UNIX_SETTINGS", "nm"),
    "cortex-m3": ("ports/qemu", "boards/cortex-m3-with", "BOARD_SETTINGS", "arm-none-eabi-nm"),
}


def run_switches(tally):
    for target in TARGETS:
        compiler = Compiler(target)
        for name, definitions in configurations():
            problem = compiler.problem(definitions)
            if problem:
                tally.fail(f"{target}, {name}: {shlex.join(definitions)}", problem)
            else:
                tally.passed += 1


def configurations():
    """Yields (what it is, definitions for the compiler)."""
    text = (AIOSERVICE / "core/config.h").read_text()
    switches = re.findall(r"^#ifndef (ASVC_\w+)\n#define \1 (?:ASVC_[A-Z]+|\(ASVC_FEATURES \? \d+ : 0\))$", text, re.M)
    assert "ASVC_LOG" in switches, "the pattern does not fit core/config.h any more"
    yield "all features", []
    for switch in switches:
        yield f"without {switch}", [f"-D{switch}=0"]
    yield "no feature", ["-DASVC_FEATURES=0"]
    for switch in switches:
        needed = ["-DASVC_SUPERVISION=1"] if switch == "ASVC_INSIGHT" else []
        yield f"{switch} alone", ["-DASVC_FEATURES=0", f"-D{switch}=1", *needed]


class Compiler:
    """Most files look the same to the compiler with and without a feature: each text is compiled once."""

    def __init__(self, target):
        part, build, settings, self.nm = TARGETS[target]
        self.port = f"{os.environ['MPY']}/{part}"
        build = run_tests.MPY_BUILD / build
        self.command = compiling.micropython_command(self.port, build, shlex.split(os.environ[settings]))
        self.objects = OBJECTS / target
        self.objects.mkdir(parents=True, exist_ok=True)
        self.results = {}  # hash of the preprocessed text: (problem, names defined, names needed)

    def problem(self, definitions):
        sources = sorted(AIOSERVICE.glob("*/*.c")) + sorted(AIOSERVICE.glob("bind/*/*.c"))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(lambda source: self.compile(source, definitions), sources))
        problems = "".join(problem for problem, _, _ in results)
        defined = set().union(*(names for _, names, _ in results))
        needed = set().union(*(names for _, _, names in results))
        missing = sorted(needed - defined)
        return problems + (f"nobody has {', '.join(missing)}\n" if missing else "")

    def compile(self, source, definitions):
        command = [*self.command, "-Werror", *definitions]
        text = subprocess.run([*command, "-E", "-P", source], cwd=self.port, capture_output=True)
        if text.returncode != 0:
            return text.stderr.decode(), set(), set()
        key = hashlib.sha256(source.name.encode() + text.stdout).hexdigest()
        if key not in self.results:
            self.results[key] = self.compile_text(command, source, self.objects / f"{source.stem}-{key[:16]}.o")
        return self.results[key]

    def compile_text(self, command, source, target):
        status, output = run_tests.run([*command, "-c", "-o", target, source], cwd=self.port)
        if status != 0:
            return output, set(), set()
        names = [re.findall(r"^(?:asvc_\w+|mp_type_ServiceException)", run_tests.run([self.nm, kind, "-j", target])[1], re.M)
                 for kind in ("--defined-only", "--undefined-only")]
        return "", *map(set, names)


run_tests.SUITES = {"switches": run_switches}

if __name__ == "__main__":
    run_tests.main()
