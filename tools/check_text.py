#!/usr/bin/env python3
"""Checks all text files for trailing white space and tabs, and all Python files for their syntax.

usage: tools/check_text.py

Makefiles need tabs. Expected outputs (.exp) are what a program printed, to the letter. A Python file that is
broken on purpose, as a test's input, has the words "broken on purpose" in its first line.
"""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


def source_files():
    """Files known to git, or new and not ignored; without git, all but those of build/."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=TOP,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    if listing.returncode == 0:
        files = [TOP / name for name in listing.stdout.split("\0") if name]
        return sorted(file for file in files if file.is_file())
    found = []
    for directory, subdirectories, names in os.walk(TOP):
        subdirectories[:] = [d for d in subdirectories if d not in ("build", ".git", "__pycache__")]
        found += [Path(directory) / name for name in names]
    return sorted(found)


def check_white_space(file, text):
    may_have_tabs = file.name == "Makefile" or file.suffix == ".mk"
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip():
            yield f"{number}: white space at the end of the line"
        if "\t" in line and not may_have_tabs:
            yield f"{number}: tab"
    if text and not text.endswith("\n"):
        yield f"{text.count(chr(10)) + 1}: no newline at the end of the file"


def check_syntax(file, text):
    if "broken on purpose" in text.partition("\n")[0]:
        return
    try:
        compile(text, str(file), "exec", dont_inherit=True)
    except SyntaxError as error:
        yield f"{error.lineno}: {error.msg}"


def check(file):
    data = file.read_bytes()
    if b"\0" in data or file.suffix == ".exp":
        return
    text = data.decode(errors="replace")
    yield from check_white_space(file, text)
    if file.suffix == ".py":
        yield from check_syntax(file, text)


def main():
    problems = [f"{file.relative_to(TOP)}:{problem}" for file in source_files() for problem in check(file)]
    print("".join(f"{problem}\n" for problem in problems), end="")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
