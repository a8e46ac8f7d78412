#!/usr/bin/env python3
"""Checks that each row of a table in the code is known where no compiler looks.

usage: tools/check_tables.py [TREE]     (TREE: another one than the project's)

Policies of restarts (core/restart.h) are named in the reference, in the stubs for type checkers, and in the random
generators of the module tests. Attributes of a service (bind/service/options.c) are named in the first two, and in the
check for what a firmware lacks; in the stubs twice, as an attribute and as a key of services.config. The keys of a dict
with a policy, which are there too, are named in the first two. What is missing is told with the file that it is missing
from.
"""

import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
REFERENCE = "docs/reference/aioclass.md"
CLASS, TYPES = "typings/aioclass.pyi", "typings/aioservice_types.pyi"
LEFT_OUT = "aioservice/bind/service/left_out.c"
GENERATORS = "tests/module/_random.py", "tests/module/_random_boot.py"

# what: (its table, what a row looks like, where it is named, what the name looks like there)
TABLES = {
    "policy": (
        "aioservice/core/restart.h",
        r"^ +POLICY\(\w+, (\w+),",
        (REFERENCE, TYPES, *GENERATORS),
        r"[\"']{}[\"']",
    ),
    "key of restart": (
        "aioservice/bind/service/options.c",
        r"^ +\{ MP_QSTR_(\w+), OF_RESTART,",
        (REFERENCE, TYPES),
        r"\b{}\b",
    ),
    "attribute": (
        "aioservice/bind/service/options.c",
        r"^ +\{ MP_QSTR_(\w+), (?!OF_RESTART)[A-Z_]+,",
        (REFERENCE, CLASS, TYPES, LEFT_OUT),
        r"\b(?:MP_QSTR_)?{}\b",
    ),
    "kind of event": (
        "aioservice/bind/base/event.h",
        r"^ +KIND\(\w+, (\w+),",
        ("docs/reference/events.md", TYPES),
        r"\b{}\b",
    ),
}


def missing(top):
    for what, (table, row, files, form) in TABLES.items():
        names = re.findall(row, (top / table).read_text(), re.MULTILINE)
        if not names:
            yield f"{table}: no {what} found; is it the table still?"
        for file in files:
            text = (top / file).read_text()
            for name in names:
                if not re.search(form.format(name), text):
                    yield f"{file}: does not name the {what} {name!r} of {table}"


def main():
    found = list(missing(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else TOP))
    for line in found:
        print(line)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
