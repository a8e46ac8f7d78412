#!/usr/bin/env python3
"""Checks that core and manager are plain C that stands on nothing else, and core's files each alone but for a table.

usage: tools/check_layers.py [TREE]     (TREE: another one than aioservice/; CC: the compiler, gcc if not set)

Includes are read from the sources. What core and manager really call, and whether they keep state of their own, is
read from their compiled objects: no allocation, no stdio, no clock, no variables. Who may use whom in bind, and that
manager's files form no circle, is checked by tools/check_rooms.py.
"""

import re
import sys
import tempfile
from pathlib import Path

import compiling
import uses

SYSTEM_HEADERS = {"stdint.h", "stdbool.h", "stddef.h", "string.h", "limits.h"}
# The layers, and those whose headers each may include.
LAYERS = {"core": ["core"], "manager": ["manager", "core"]}
# What every file of core may use, beside its own header. They use nothing but each other.
BASE = {"config", "error"}

# Work on bytes, and what the compiler itself makes calls to: arithmetic that the machine lacks.
ALLOWED_CALLS = re.compile(
    r"memcpy|memmove|memset|memcmp|memchr|strlen"
    r"|__(u?div|u?mod|u?divmod|mul|ashl|ashr|lshr|u?cmp)[sdt]i[34]"
    r"|__aeabi_\w+"
)
# Letters of nm: initialised, zeroed, common and small data.
VARIABLE_KINDS = set("bBdDCsSgG")


def base_problem(file, used):
    if used == file.stem or used in BASE:
        return None
    return f"{file.stem} may use {', '.join(sorted(BASE - {file.stem}))} only (BASE in tools/check_layers.py)"


def include_problem(layer, file, system, own):
    if system is not None:
        return None if system in SYSTEM_HEADERS else f"{layer} may include {', '.join(sorted(SYSTEM_HEADERS))} only"
    match = re.fullmatch(r"(\w+)/(\w+)\.h", own)
    if not match or match[1] not in LAYERS[layer]:
        headers = " and ".join(f'"{lower}/NAME.h"' for lower in LAYERS[layer])
        return f"{layer} includes {headers} only"
    return base_problem(file, match[2]) if layer == "core" else None


def check_includes(tree):
    for layer in LAYERS:
        for file in sorted(tree.glob(f"{layer}/*.[ch]")):
            for number, system, own in uses.includes(file):
                problem = include_problem(layer, file, system, own)
                if problem:
                    yield f"{tree.name}/{file.relative_to(tree)}:{number}: includes {system or own}: {problem}"


def check_objects(tree, folder):
    sources = [source for layer in LAYERS for source in sorted(tree.glob(f"{layer}/*.c"))]
    objects, problems = compiling.compile_all(sources, tree, compiling.plain_command(tree), folder)
    for source, said in problems.items():
        yield f"{tree.name}/{source.relative_to(tree)}: does not compile\n{said}".rstrip()
    table = compiling.symbols(objects)
    definer = compiling.definers(table)
    for source, entries in table.items():
        for kind, name in entries:
            problem = symbol_problem(source.parent.name, source, kind, name, definer.get(name))
            if problem:
                yield f"{tree.name}/{source.relative_to(tree)}: {problem}"


def symbol_problem(layer, source, kind, name, definer):
    if kind in VARIABLE_KINDS:
        return f"{name} is a variable; {layer} keeps no state of its own"
    if kind not in compiling.NEEDED:
        return None
    if definer is None:
        return None if ALLOWED_CALLS.fullmatch(name) else f"calls {name}, which {layer} must not"
    if definer.parent.name not in LAYERS[layer]:
        return f"needs {name} of {definer.parent.name}/{definer.name}: {layer} stands below it"
    problem = base_problem(source, definer.stem) if layer == "core" else None
    return f"needs {name} of core/{definer.name}: {problem}" if problem else None


def findings(tree, folder):
    return list(check_includes(tree)) + list(check_objects(tree, folder))


def main():
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as folder:
            problems = findings(Path(sys.argv[1]).resolve(), Path(folder))
    else:
        problems = findings(uses.AIOSERVICE, uses.TOP / "build/lint/plain")
    print("".join(f"{problem}\n" for problem in problems), end="")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
