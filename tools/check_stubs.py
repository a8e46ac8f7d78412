#!/usr/bin/env python3
"""Checks that headers do not fill with functions that stand in for features left out.

usage: tools/check_stubs.py [TREE]     (TREE: another one than aioservice/)

Counts the lines of headers that are compiled only without a feature: those from the #else of an `#if ASVC_...` to its
#endif. More than the limit, and each header is told with its number of them.
"""

import re
import sys
from pathlib import Path

AIOSERVICE = Path(__file__).resolve().parent.parent / "aioservice"
MAX_LINES = 100


def stub_lines(text):
    count = 0
    branches = []  # of each #if around a line: whether its first branch is a stub, and whether this one is
    for line in text.splitlines():
        match = re.match(r"\s*#\s*(if|ifdef|ifndef|else|elif|endif)\b(.*)", line)
        if not match:
            count += any(stub for _, stub in branches)
        elif match[1].startswith("if"):
            feature = re.match(r"\s*(!?)\s*\(?\s*ASVC_", match[2]) if match[1] == "if" else None
            first = bool(feature[1]) if feature else None
            branches.append((first, first))
        elif match[1] == "endif":
            branches.pop()
        elif branches[-1][0] is not None:
            branches[-1] = (branches[-1][0], not branches[-1][0])
    return count


def main():
    tree = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else AIOSERVICE
    counts = {file: stub_lines(file.read_text()) for file in sorted(tree.rglob("*.h"))}
    total = sum(counts.values())
    if total > MAX_LINES:
        for file, count in sorted(counts.items(), key=lambda item: -item[1]):
            if count:
                print(f"{tree.name}/{file.relative_to(tree)}: {count} lines for a feature that is left out")
        print(f"{total} lines in headers stand in for features that are left out: {MAX_LINES} at most")
    sys.exit(1 if total > MAX_LINES else 0)


if __name__ == "__main__":
    main()
