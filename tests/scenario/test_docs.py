"""The sessions in the documents are what happens.

In a ```pycon block, a line `>>> COMMAND`, with the lines `... MORE` after it, is typed at the prompt of a fresh
quickstart, all commands of a page in the same session; the lines after it are the output that is expected.
There, a line `...` stands for any lines, `...` inside a line for any text; dates, ages and addresses may differ.

The pages of docs/guide are a tour: their sessions run one after the other in one copy of docs/guide/station,
each in a program of its own. A block whose first line is `# save as FILE` is saved there when the tour gets to it.

Whoever follows a page reads in between: the tour, and supervision.md after it, run with pauses between the commands,
too, on a clock that jumps.
"""

import ast
import glob
import json
import os
import re
import shutil
import unittest

from session import AIOSERVICE, QUICKSTART, TOP, FolderTest, masked
from test_readme import as_pattern, documents
from test_services import SANITIZED

GREETING = "Starting asyncio REPL...\n"
MODULES = "aioservice", "aioctl", "aioclass", "aioschedule", "aiolog", "aiorepl"
STATION = f"{TOP}/docs/guide/station"
SUPERVISION = f"{TOP}/docs/guide/supervision.md"

SLOWLY = 4, 15  # seconds between two commands of a person who types on, or reads on

# Typed first: the clock stands while the loop waits for a command, and else jumps to where the next task wakes.
JUMPING_CLOCK = """
import asyncio, testclock, time

class Queue(asyncio.core.IOQueue):
    def wait_io_event(self, ms):
        if self.map:
            super().wait_io_event(ms)
        elif ms > 0:
            testclock.advance(ms)

testclock.set(time.ticks_ms())
asyncio.core._io_queue = Queue()
"""

PAGE = """
```pycon
>>> async def double(x):
...     return 2 * x
>>> await double(21)
42
>>> for n in range(3):
...     print("loop", n)
loop 0
...
loop 2
```

```sh
# save as note.txt
N = 1
```

```pycon
>>> print(open("note.txt").read())
# save as note.txt
N = 1

>>> aioctl.status("hello_core*")
● hello_core.service: status: done @ 2026-11-23 09:51:01; 0 s ago --> result: ...
>>> pass
```
"""

# What is printed a second later is seen by the second command only if that is typed at once.
QUICK_PAGE = """
```pycon
>>> async def later():
...     await asyncio.sleep(1)
...     print("later")
>>> task = asyncio.create_task(later())
>>> await task
later
```
"""


def save(file, text):
    """The command that saves a file in the folder of the program."""
    code = f"with open({file!r}, 'w') as f: f.write({text!r})"
    return f"exec({code!r})\n"


def steps(text):
    """What a page has one do, in order: (command to type, the output it shows)."""
    for language, block in re.findall(r"^```(\w*)[^\n]*\n(.*?)^```$", text, re.M | re.S):
        file = re.match(r"# save as (\S+)\n", block)
        if file:
            yield save(file[1], block), ""
        elif language == "pycon":
            for part in re.split(r"^>>> ", block, flags=re.M)[1:]:
                command, expected = re.fullmatch(r"([^\n]*\n(?:\.\.\. [^\n]*\n)*)(.*)", part, re.S).groups()
                yield re.sub(r"^\.\.\. ", "", command, flags=re.M), expected


def read(*path):
    with open(os.path.join(TOP, *path), encoding="utf-8") as f:
        return f.read()


def signatures(module):
    """{name: [arguments, ...]} of what a .pyi file says can be called by name: functions, methods, classes."""
    found = {}

    def collect(body, class_name=None):
        for node in body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                collect(node.body, node.name)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                name = class_name if node.name == "__init__" else node.name
                is_property = any(ast.unparse(decorator) == "property" for decorator in node.decorator_list)
                if not is_property and not name.startswith("_"):
                    found.setdefault(name, []).append(arguments(node.args))

    collect(ast.parse(read("typings", f"{module}.pyi")).body)
    return found


def arguments(args):
    """An ast.arguments without annotations, and without self: what a page shows between the brackets.

    A keyword whose default is `...` is one of **kwargs whose type is known: a page has no more than **kwargs.
    """
    known = [isinstance(default, ast.Constant) and default.value is ... for default in args.kw_defaults]
    args.kwonlyargs = [arg for arg, drop in zip(args.kwonlyargs, known) if not drop]
    args.kw_defaults = [default for default, drop in zip(args.kw_defaults, known) if not drop]
    for arg in args.posonlyargs + args.args + args.kwonlyargs + [args.vararg, args.kwarg]:
        if arg:
            arg.annotation = None
    text = ast.unparse(args)
    return re.sub(r"^self(, )?|, /(?=,|$)|\*, |(?<=.)/, ", "", text)


def defined_names(module):
    """The public names that a .pyi file defines."""
    names = set()
    for node in ast.parse(read("typings", f"{module}.pyi")).body:
        if isinstance(node, ast.AnnAssign):
            names.add(node.target.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Import):  # import x as x: x is part of the module
            names.update(alias.asname for alias in node.names if alias.asname)
    return {name for name in names if not name.startswith("_")}


def spans(module):
    """The headings and the code spans of a module's page."""
    text = re.sub(r"^```.*?^```$", "", read("docs/reference", f"{module}.md"), flags=re.M | re.S)
    return ["".join(found) for found in re.findall(r"^#+ (.*)|`([^`\n]+)`", text, re.M)]


def explained_names(module):
    return set(re.findall(r"\w+", " ".join(spans(module))))


def explained_signatures(module):
    """{name: [arguments, ...]} of the spans of a page that look as name(arguments)."""
    found = {}
    for span in spans(module):
        for name, text in re.findall(r"\b(\w+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)", span):
            try:
                node = ast.parse(f"def {name}({text}): pass").body[0]
            except SyntaxError:
                continue  # a call
            found.setdefault(name, []).append(arguments(node.args))
    return found


SNAPSHOT_SERVICE = """
import asyncio
import aioctl
from aioclass import Service

class Test(Service):
    def stats(self):
        return {"n": 1}

    @aioctl.aiotask
    async def task(self, log=None):
        self.add_ctask(aioctl, self.kid, "kid")
        {0}

    @aioctl.aiotask
    async def kid(self):
        raise OSError(5)

service = Test("{1}")
"""

SNAPSHOT_PROGRAM = """
import asyncio
import json
import aioservice

async def main():
    for name in "good", "good", "bad", "over":
        aioservice.load(name)
    await asyncio.sleep_ms(50)
    print(json.dumps(aioservice.snapshot()))
    print(json.dumps(aioservice.snapshot("good")))
    print(json.dumps(aioservice.snapshot("bad")))

aioservice.quiet()
asyncio.run(main())
"""


class Session(FolderTest):
    """Types commands into a program."""

    def take_all_of_quickstart(self):
        self.take_main()
        self.take_quickstart(*(f[: -len("_service.py")] for f in os.listdir(f"{QUICKSTART}/services")))
        shutil.copy(f"{QUICKSTART}/services.config", self.path("services.config"))

    def outputs(self, typed, pause_s):
        """What each command prints, with what comes in the pause after it, typed one after the other into main.py."""
        stdin = f"exec({JUMPING_CLOCK!r}, {{}})\n" if pause_s else ""
        pause = f"await asyncio.sleep({pause_s})\n" if pause_s else ""
        for number, command in enumerate(typed):
            end_of_block = "\n" if "\n" in command[:-1] else ""
            stdin += f'{command}{end_of_block}{pause}print("= = = end of", {number})\n'
        program = SANITIZED if pause_s else AIOSERVICE  # the one with a clock that can be set
        options = {"ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0"}
        status, stdout, stderr = self.run_program(command=[program, "main.py"], stdin=stdin, **options)
        self.assertEqual((status, stderr), (0, ""), stdout)
        outputs = re.split(r"^= = = end of \d+\n", stdout.partition(GREETING)[2], flags=re.M)
        self.assertEqual(len(outputs), len(typed) + 1, stdout)
        return outputs

    def differences(self, text, pause_s=0):
        """(command, expected, real) of each command of a page whose output is not the one it shows."""
        session = list(steps(text))
        for (command, expected), output in zip(session, self.outputs([command for command, _ in session], pause_s)):
            if not re.fullmatch(as_pattern(expected), masked(output)):
                yield command, masked(expected), masked(output)

    def assert_page_is_right(self, file, pause_s=0):
        for command, expected, output in self.differences(read(file), pause_s):
            with self.subTest(page=os.path.relpath(file, TOP), command=command, pause_s=pause_s):
                self.assertEqual(output, expected)


class Rules(Session):
    """This file's own means: were they wrong, nothing below would mean anything."""

    def setUp(self):
        super().setUp()
        self.take_all_of_quickstart()

    def test_a_right_page_has_no_differences(self):
        self.assertEqual(list(self.differences(PAGE)), [])

    def test_a_wrong_output_is_found(self):
        for right, wrong in ("42\n", "43\n"), ("42\n", ""), ("done @", "stopped @"), ("pass\n", "pass\nNone\n"):
            with self.subTest(wrong=wrong):
                self.assertIn(right, PAGE)
                self.take_all_of_quickstart()
                self.assertEqual(len(list(self.differences(PAGE.replace(right, wrong)))), 1)

    @unittest.skipUnless(SANITIZED, "no build with a clock that can be set")
    def test_what_only_a_quick_hand_sees_is_found(self):
        self.assertEqual(list(self.differences(QUICK_PAGE)), [])
        found = [command for command, *_ in self.differences(QUICK_PAGE, pause_s=2)]
        self.assertEqual(found, ["task = asyncio.create_task(later())\n", "await task\n"])

    def test_a_signature_is_compared_without_its_types(self):
        node = ast.parse("def f(self, a: int, /, b: str = '', *args: Any, c: X = None, **kw: Any): ...").body[0]
        self.assertEqual(arguments(node.args), "a, b='', *args, c=None, **kw")
        node = ast.parse("def f(a, *args: Any, b: str = 'x', c: int = ..., **kw: Any): ...").body[0]
        self.assertEqual(arguments(node.args), "a, *args, b='x', **kw")


class Pages(Session):
    def test_sessions_show_what_the_page_says(self):
        pages = [file for file in documents() if list(steps(read(file))) and "/docs/guide/" not in file]
        self.assertGreater(len(pages), 4)
        for file in pages:
            self.setUp()
            self.take_all_of_quickstart()
            self.assert_page_is_right(file)


class Guide(Session):
    def assert_tour_is_right(self, pause_s=0):
        shutil.copytree(STATION, self.folder, dirs_exist_ok=True)
        pages = sorted(glob.glob(f"{TOP}/docs/guide/[0-9]*.md"))
        self.assertEqual(len(pages), 5)
        for file in pages:
            self.assertTrue(list(steps(read(file))), file)
            self.assert_page_is_right(file, pause_s)

    def test_the_tour_shows_what_happens(self):
        self.assert_tour_is_right()

    @unittest.skipUnless(SANITIZED, "no build with a clock that can be set")
    def test_the_tour_can_be_typed_slowly(self):
        for pause_s in SLOWLY:
            self.setUp()
            self.assert_tour_is_right(pause_s)
            self.assert_page_is_right(SUPERVISION, pause_s)


class Reference(FolderTest):
    def test_stubs_and_pages_have_the_names_the_modules_have(self):
        self.write("names.py", "".join(f"import {m}\nprint('{m}', *dir({m}))\n" for m in MODULES))
        status, stdout, stderr = self.run_program("names.py")
        self.assertEqual((status, stderr), (0, ""))
        for line in stdout.splitlines():
            module, *names = line.split()
            public = {name for name in names if not name.startswith("_")}
            with self.subTest(file=f"{module}.pyi"):
                self.assertEqual(defined_names(module), public)
            with self.subTest(file=f"{module}.md"):
                self.assertEqual(public - explained_names(module), set())

    def test_headings_of_pages_are_names_of_stubs(self):
        for module in MODULES:
            tree = ast.parse(read("typings", f"{module}.pyi"))
            names = {node.name for node in ast.walk(tree) if hasattr(node, "name")}
            names |= {node.target.id for node in ast.walk(tree) if isinstance(node, ast.AnnAssign)}
            for heading in re.findall(r"^##+ ([^\n ]+(?:, [^\n ]+)*)$", read("docs/reference", f"{module}.md"), re.M):
                with self.subTest(file=f"{module}.md", heading=heading):
                    self.assertLessEqual(set(re.findall(r"\w+", re.sub(r"\(.*?\)", "", heading))), names)

    def test_pages_have_the_arguments_of_the_stubs(self):
        for module in MODULES:
            explained = explained_signatures(module)
            for name, overloads in signatures(module).items():
                with self.subTest(file=f"{module}.md", function=name):
                    self.assertTrue(set(overloads) & set(explained.get(name, [])), [overloads, explained.get(name)])

    def test_pages_show_every_function_in_an_example(self):
        for module in MODULES:
            page = read("docs/reference", f"{module}.md")
            examples = "".join(re.findall(r"^```\w+\n(.*?)^```$", page, flags=re.M | re.S))
            for name in signatures(module):
                with self.subTest(file=f"{module}.md", function=name):
                    self.assertRegex(examples, rf"[.@]{name}\b|\b{name}\(")

    def test_the_snapshot_has_what_its_page_says(self):
        sections = re.split(r"^## (.*)$", read("docs/reference/snapshot.md"), flags=re.M)[1:]
        tables = {
            title: re.findall(r"^\| `(\w+)` \| (.*?) \| ", text, re.M) for title, text in zip(sections[::2], sections[1::2])
        }
        for name, body in ("bad", "raise ValueError(1)"), ("good", "await asyncio.sleep(100)"), ("over", "return 5"):
            text = SNAPSHOT_SERVICE.replace("{0}", body).replace("{1}", name)
            self.write(f"aioservices/services/{name}_service.py", text)
        self.write("program.py", SNAPSHOT_PROGRAM)
        status, stdout, stderr = self.run_program("program.py")
        self.assertEqual((status, stderr), (0, ""), stdout)
        whole, alone, bad = map(json.loads, stdout.splitlines())
        services = whole["services"] + [alone, bad]
        below = [one for service in services for one in service["children"] + service["instances"]]
        made = {
            "All services": [whole],
            "services.config": [whole["config"]],
            "A service": services,
            "A child or an instance": below,
            "An error": [one["error"] for one in services + below if one["error"]],
        }
        self.assertEqual(set(tables), set(made))
        for title, dicts in made.items():
            keys = [key for key, _ in tables[title]]
            self.assertGreater(len(dicts), 0, title)
            for one in dicts:
                has = keys if title != "A service" or one is alone or one is bad else keys[:-1]
                self.assertEqual(list(one), has, title)
                for key, types in tables[title]:
                    if key in one and types != "any":
                        with self.subTest(title=title, key=key, value=one[key]):
                            self.assertIn(type(one[key]).__name__.replace("NoneType", "None"), types.split(" or "))
        # Each key is seen with a value of its own at least once, but where that takes more than such a program.
        seen = {key for dicts in made.values() for one in dicts for key, value in one.items() if value is not None}
        rare = {"safe_mode", "last_reset", "broken", "why", "next_ms", "watchdog_left_ms", "boot"}
        self.assertEqual({key for rows in tables.values() for key, _ in rows} - seen, rare)

    def test_the_version_is_that_of_the_changelog(self):
        version = re.search(r'ASVC_VERSION "(.*)"', read("aioservice/core/version.h")).group(1)
        self.assertEqual(version, re.search(r"^## \[(.*?)\]", read("CHANGELOG.md"), re.M).group(1))

    def test_settings_are_those_of_the_code(self):
        # A value that depends on the width of a pointer is shown as what it is on 64 bits and on 32. A number that leaves
        # a feature out where it is 0 stands in both tables.
        config = re.sub(r"\(sizeof\(void \*\) > 4 \? (\d+) : (\d+)\)", r"\1, or \2 on 32 bits", read("aioservice/core/config.h"))
        features, limits = read("docs/adding-to-your-firmware.md").split("### Features")[1].split("### Limits")
        row = r"^\| `(ASVC_\w+)` \| (\d[^|]*) \|"
        for shown, defined in (
            ([name for name, _ in re.findall(row, features, re.M)], re.findall(r"^#define (ASVC_\w+) \(?ASVC_[A-Z]+(?: \? \d+ : 0\))?$", config, re.M)),
            (re.findall(row, limits, re.M), [limit for limit in re.findall(r"^#define (ASVC_\w+) (?:\(ASVC_FEATURES \? )?(\d+|\d+, or .*?)(?: : 0\))?$", config, re.M) if limit[0] != "ASVC_FEATURES"]),
        ):
            self.assertGreater(len(defined), 3)
            self.assertEqual(sorted(shown), sorted(defined))
