#!/usr/bin/env python3
"""Checks that dependencies point down: bind -> core, and in core only as the table below allows.

usage: tools/check_layers.py     (CC: the compiler, gcc if not set)

Includes are read from the sources. What core really calls, and whether it keeps state of its own, is read
from its compiled objects (build/lint/): no allocation, no stdio, no clock, no variables.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
AIOSERVICE = TOP / "aioservice"
OBJECTS = TOP / "build/lint"

SYSTEM_HEADERS = {"stdint.h", "stdbool.h", "stddef.h", "string.h", "limits.h"}
# Every file of core may use these, which use nothing themselves but each other.
BASE = {"config", "error"}
# What a file of core may use beside BASE and its own header. One that is not named uses nothing else.
MAY_USE = {
    "schedule": {"heap"},
}

# Work on bytes, and what the compiler itself makes calls to: arithmetic that the machine lacks.
ALLOWED_CALLS = re.compile(
    r"memcpy|memmove|memset|memcmp|memchr|strlen"
    r"|__(u?div|u?mod|u?divmod|mul|ashl|ashr|lshr|u?cmp)[sdt]i[34]"
    r"|__aeabi_\w+"
)
# Letters of nm: initialised, zeroed, common and small data.
VARIABLE_KINDS = set("bBdDCsSgG")


def includes(file):
    """Yields (line number, system or own, path) of each #include."""
    for number, line in enumerate(file.read_text().splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*(?:<(.*?)>|"(.*?)")', line)
        if match:
            yield number, match[1], match[2]


def core_include_problem(file, system, own):
    if system is not None:
        return None if system in SYSTEM_HEADERS else f"core may include {', '.join(sorted(SYSTEM_HEADERS))} only"
    match = re.fullmatch(r"core/(\w+)\.h", own)
    if not match:
        return 'core includes "core/NAME.h" only'
    allowed = {file.stem} | BASE | (MAY_USE.get(file.stem, set()) if file.stem not in BASE else set())
    if match[1] not in allowed:
        return f"{file.stem} may use {', '.join(sorted(allowed - {file.stem}))} only (the table in tools/check_layers.py)"
    return None


def check_includes():
    for file in sorted(AIOSERVICE.glob("core/*.[ch]")):
        for number, system, own in includes(file):
            problem = core_include_problem(file, system, own)
            if problem:
                yield f"{file.relative_to(TOP)}:{number}: includes {system or own}: {problem}"


def compile_core():
    """Answers {object: source}. Flags keep the compiler from adding calls and tables of its own."""
    OBJECTS.mkdir(parents=True, exist_ok=True)
    flags = "-std=gnu99 -Os -Wall -Wextra -Werror -Wfloat-conversion -Wdouble-promotion"
    flags += " -fno-pie -fno-stack-protector -U_FORTIFY_SOURCE"
    objects = {}
    for source in sorted(AIOSERVICE.glob("core/*.c")):
        target = OBJECTS / f"{source.stem}.o"
        command = [os.environ.get("CC") or "gcc", *flags.split(), f"-I{AIOSERVICE}", "-c", "-o", target, source]
        if subprocess.run(command).returncode != 0:
            sys.exit(f"{source.relative_to(TOP)}: does not compile")
        objects[target] = source
    return objects


def symbols(target):
    """Yields (kind letter of nm, name)."""
    listing = subprocess.run(["nm", target], check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in listing.splitlines():
        fields = line.split()
        yield fields[-2], fields[-1]


def check_objects():
    objects = compile_core()
    table = {source: list(symbols(target)) for target, source in objects.items()}
    defined = {name for entries in table.values() for kind, name in entries if kind != "U"}
    for source, entries in table.items():
        for kind, name in entries:
            if kind == "U" and name not in defined and not ALLOWED_CALLS.fullmatch(name):
                yield f"{source.relative_to(TOP)}: calls {name}, which core must not"
            elif kind in VARIABLE_KINDS:
                yield f"{source.relative_to(TOP)}: {name} is a variable; core keeps no state of its own"


def main():
    problems = list(check_includes()) + list(check_objects())
    print("".join(f"{problem}\n" for problem in problems), end="")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
