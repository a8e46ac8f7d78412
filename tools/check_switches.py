#!/usr/bin/env python3
"""Checks that who asks a feature's switch sees it.

usage: tools/check_switches.py [TREE]     (TREE: another one than aioservice/)

A preprocessor takes a name that it does not know for 0. So a file with `#if ASVC_LOG` that includes core/config.h in no
way would leave out what it holds, without a word. Each such #if is told.
"""

import re
import sys
from pathlib import Path

AIOSERVICE = Path(__file__).resolve().parent.parent / "aioservice"
SWITCHES = "core/config.h"


def seen_from(file, tree):
    """The headers of the tree that a file includes, and that those include, and so on; the file itself, too."""
    seen, ahead = set(), [file]
    while ahead:
        at = ahead.pop()
        if at not in seen and at.exists():
            seen.add(at)
            included = re.findall(r'^\s*#\s*include\s*"(.*?)"', at.read_text(), re.MULTILINE)
            ahead += [tree / name for name in included]
    return seen


def main():
    tree = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else AIOSERVICE
    bad = False
    for file in sorted(tree.rglob("*.[ch]")):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            asked = re.match(r"\s*#\s*(?:el)?if\b.*?\b(ASVC_[A-Z_]+)\b", line)
            if asked and tree / SWITCHES not in seen_from(file, tree):
                print(f'{tree.name}/{file.relative_to(tree)}:{number}: asks {asked[1]} without #include "{SWITCHES}"')
                bad = True
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
