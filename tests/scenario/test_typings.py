"""The type stubs of typings/ fit the modules, and the programs of this project fit the stubs (mypy)."""

import ast
import glob
import os
import re
import subprocess

from session import TOP, FolderTest
from test_docs import MODULES, read

MYPY = ["mypy", "--check-untyped-defs", "--disable-error-code=var-annotated", "--no-error-summary"]
MYPY += ["--cache-dir", f"{TOP}/build/mypy"]

# mypy has its own idea of sys, which no stub can change.
NOT_AN_ERROR = re.compile(r'.*: error: Module has no attribute "print_exception"  \[attr-defined\]\n')

WRONG = """
import aioctl
import aioservice

aioctl.status(nmae="x")
aioctl.nothing()
aioservice.load(3)
aioctl.traceback("x", rtn=True) + "text"
aioctl.add(print).name
"""

# Prints the names that objects of each class have.
MEMBERS = """
import asyncio, aioclass, aioctl, aiolog

async def task():
    pass

async def main():
    objects = {
        "aioclass.Service": aioclass.Service("x"),
        "aioctl._Task": aioctl.create_task(task),
        "aioctl._TaskGroup": aioctl.group(),
        "aiolog.AioStream": aiolog.AioStream(64),
        "aiolog.Logger": aiolog.getLogger(),
    }
    for name, thing in objects.items():
        print(name, *dir(thing))

asyncio.run(main())
"""

# What asyncio alone asks of a record, and what a service has only where it sets it.
NOT_IN_STUBS = {"send", "throw"}
NOT_ALWAYS_THERE = {"schedule", "require", "after", "wants", "restart"}
NOT_ALWAYS_THERE |= {"ready_ms", "stop_ms", "watchdog_ms", "safe_mode"}


def programs():
    """The Python files people read, by folder: each folder is one program to mypy."""
    folders = {}
    for file in glob.glob(f"{TOP}/examples/**/*.py", recursive=True) + glob.glob(f"{TOP}/docs/**/*.py", recursive=True):
        if os.path.basename(file) != "manifest.py":  # for MicroPython's build, in a language of its own
            folders.setdefault(os.path.dirname(file), []).append(file)
    return folders


def members(module, name):
    """The public names of a class in a stub."""
    tree = ast.parse(read("typings", f"{module}.pyi"))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name).body
    names = {node.target.id for node in body if isinstance(node, ast.AnnAssign)}
    names |= {node.name for node in body if isinstance(node, ast.FunctionDef)}
    return {n for n in names if not n.startswith("_")}


class Typings(FolderTest):
    def errors(self, files, *options):
        """What mypy finds wrong, as text."""
        done = subprocess.run(
            MYPY + list(options) + files,
            cwd=self.folder,
            env=self.environment(MYPYPATH=f"{TOP}/typings:{TOP}/typings/micropython"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.assertIn(done.returncode, (0, 1), done.stdout)
        return NOT_AN_ERROR.sub("", done.stdout)

    def test_the_examples_fit(self):
        folders = programs()
        self.assertGreater(len(folders), 3)
        for folder, files in folders.items():
            with self.subTest(folder=os.path.relpath(folder, TOP)):
                self.assertEqual(self.errors(files), "")

    def test_what_the_guide_has_one_save_fits(self):
        found = 0
        for page in glob.glob(f"{TOP}/docs/guide/*.md"):
            for name, code in re.findall(r"^```python\n# save as \S*?(\w+\.py)\n(.*?)^```$", read(page), re.M | re.S):
                found += 1
                self.write(name, code)
                with self.subTest(page=os.path.basename(page), file=name):
                    self.assertEqual(self.errors([self.path(name)]), "")
        self.assertGreater(found, 0)

    def test_wrong_calls_are_found(self):
        self.write("wrong.py", WRONG)
        wrong_lines = re.findall(r"wrong\.py:(\d+): error", self.errors([self.path("wrong.py")]))
        self.assertEqual(sorted(set(map(int, wrong_lines))), [5, 6, 7, 8, 9])

    def test_the_stubs_are_complete(self):
        stubs = glob.glob(f"{TOP}/typings/*.pyi")
        self.assertEqual(len(stubs), len(MODULES))
        self.assertEqual(self.errors(stubs, "--strict"), "")

    def test_classes_have_the_members_that_objects_have(self):
        for line in self.output_of(MEMBERS):
            name, *names = line.split()
            module, _, cls = name.partition(".")
            public = {n for n in names if not n.startswith("_")} - NOT_IN_STUBS
            with self.subTest(cls=name):
                self.assertEqual(members(module, cls) - (NOT_ALWAYS_THERE - public), public)
