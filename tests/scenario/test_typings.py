"""The type stubs of typings/ fit the modules, and the programs of this project fit the stubs (mypy and pyright).

Each program is checked as typings/README.md tells its user to.
"""

import ast
import glob
import json
import os
import re
import subprocess

from session import TOP, FolderTest
from test_docs import MODULES, read

CHECKERS = f"{TOP}/build/checkers"
BOARD, UNIX = "micropython-rp2-rpi-pico-w-stubs", "micropython-unix-stubs"

# The programs of this project, with the machines that they are for.
PROGRAMS = {
    "docs/guide/station": (BOARD, UNIX),
    "examples/frozen": (BOARD,),
    "examples/quickstart": (BOARD,),
    "examples/services": (BOARD,),
    "examples/systemd": (UNIX,),
}

# What programs may do, and no example does.
RIGHT = """
import asyncio
import json
import machine
import time

import aioctl
import aiolog
import aioschedule
import aioservice
from aioclass import Service

try:
    from typing import TYPE_CHECKING
except ImportError:
    TYPE_CHECKING = False
if TYPE_CHECKING:
    from aioservice_types import Entry, Restart


class First(Service):
    type = "core.service"
    restart = "on_failure"
    require = ["net", "clock"]
    after = "logger"
    ready_ms = 500
    child_failure = "restart"
    slow_step_ms = 50


class Right(Service):
    def __init__(self, name):
        super().__init__(name)
        self.type = "schedule.service"
        self.restart = {"policy": "always", "delay_ms": 100, "factor": 1.5, "burst": 10, "then": self.give_up}
        self.restart = True
        self.restart = ["a", "b"]
        self.schedule = {"start_in": time.localtime(), "repeat": 3600}
        self.schedule = {"start_in": 20, "repeat": True}
        self.watchdog_ms = None
        self.kwargs = {"on": True, "schedule": {"start_in": 3}, "restart": False}
        self.led = machine.Pin(25, machine.Pin.OUT)

    def give_up(self, service):
        machine.reset()

    @aioctl.aiotask
    async def task(self, ms, log=None):
        self.add_logger(log, service_logger=True)
        self.ready()
        while time.ticks_diff(time.ticks_ms(), 0) > 0:
            await asyncio.sleep_ms(ms)
            self.led.value(not self.led.value())
            self.feed()


rules: "Restart" = {"policy": "never"}
entry: "Entry" = {"enabled": True, "args": [1], "restart": {"policy": "always", "then": "reset"}, "stop_ms": 100}
aioservice.config("x", True, 1, 2, restart="on_success", schedule={"start_in": 20, "repeat": 90}, led=3)
found = aioservice.get_config("x")
if found:
    print(found.get("enabled"))
for name, entry in aioservice.get_config().items():
    print(name, entry.get("args", []))
print(aioschedule.group()["x"].get("repeat"))
record = aioctl.group().tasks["x"]
if record.service and record.task.done():
    record.task.cancel()


async def main():
    aioctl.add(asyncio.sleep, 3, name="nap")
    await asyncio.wait_for(record.task, 3)
    await asyncio.gather(*aioctl.tasks(), asyncio.create_task(aioservice.boot()))
    await aioctl.follow()
    async for event in aioservice.follow():
        print(event["n"], event["kind"], event.get("ms", 0))
        if event["kind"] == "failed" and "error" in event:
            print(event["error"]["where"])


def note(event):
    print(event["text"])


aioservice.on_event(note)
aioservice.on_event(None)
aioservice.quiet(True)
aioservice.set_logger(aiolog.getLogger("board"))
aioservice.reload("x")
print(aioservice.safe_mode() or "no safe mode", aioservice.safe_mode(True), [e["text"] for e in aioservice.events(3)])
text = json.dumps(aioservice.snapshot())
for each in aioservice.snapshot()["services"]:
    print(each["name"], each["state"], each["error"] and each["error"]["text"], len(each["children"]))
one = aioservice.snapshot("x")
if one and one["state"] == "waiting":
    print(one["why"], one["traceback"])


asyncio.run(aioservice.boot())
asyncio.run(main())
"""

# Each line that ends in `# wrong` is to be told.
WRONG = """
import aioctl
import aioschedule
import aioservice
from aioclass import Service
from aioservice_types import Entry


class InTheClass(Service):
    restart = "allways"  # wrong
    type = "core"  # wrong
    ready_ms = "500"  # wrong


class InTheInstance(Service):
    def __init__(self, name):
        super().__init__(name)
        self.type = "runtime"  # wrong
        self.restart = "on_failur"  # wrong
        self.restart = {"policy": "allways"}  # wrong
        self.restart = {"polcy": "always"}  # wrong
        self.restart = {"burst": "5"}  # wrong
        self.restart = {"then": "halt"}  # wrong
        self.schedule = {"start": 5}  # wrong
        self.schedule = {"repeat": "daily"}  # wrong
        self.watchdog_ms = "500"  # wrong
        self.require = 5  # wrong
        self.args = "x"  # wrong
        self.kwargs = []  # wrong
        self.child_failure = "ignore"  # wrong
        self.slow_step_ms = "50"  # wrong

    @aioctl.aiotask
    async def task(self):
        self.raedy()  # wrong


misspelt_key: Entry = {"enabled": True, "restrat": "always"}  # wrong
misspelt_policy: Entry = {"restart": "allways"}  # wrong
wrong_type: Entry = {"enabled": "yes"}  # wrong
not_to_be_stored: Entry = {"restart": {"policy": "always", "then": print}}  # wrong
no_list: Entry = {"args": {"x": 1}}  # wrong
aioctl.status(nmae="x")  # wrong
aioctl.nothing()  # wrong
aioservice.load(3)  # wrong
aioctl.traceback("x", rtn=True) + "text"  # wrong
aioctl.add(print).name  # wrong
aioctl.create_task(print).task.dnoe()  # wrong
aioschedule.schedule("x", start=3)  # wrong
aioservice.config("x", True, restart="allways")  # wrong
aioservice.config("x", True, watchdog_ms="500")  # wrong
aioservice.config("x", "yes")  # wrong
aioservice.get_config("x")["enabled"]  # wrong
aioservice.snapshot("x")["name"]  # wrong
aioservice.snapshot()["sevices"]  # wrong
print(aioservice.snapshot()["services"][0]["status"])  # wrong
print([event for event in aioservice.events() if event["knid"] == "failed"])  # wrong
aioservice.on_event(3)  # wrong
aioservice.reload()  # wrong
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
NOT_ALWAYS_THERE |= {"ready_ms", "stop_ms", "watchdog_ms", "safe_mode", "child_failure", "slow_step_ms"}


def members(module, name):
    """The public names of a class in a stub."""
    tree = ast.parse(read("typings", f"{module}.pyi"))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name).body
    names = {node.target.id for node in body if isinstance(node, ast.AnnAssign)}
    names |= {node.name for node in body if isinstance(node, ast.FunctionDef)}
    return {n for n in names if not n.startswith("_")}


def python_files(folder):
    """The Python files below a folder, but for manifests, which are for MicroPython's build."""
    files = glob.glob(f"{folder}/**/*.py", recursive=True)
    return {os.path.relpath(file, folder) for file in files if os.path.basename(file) != "manifest.py"}


class Checked(FolderTest):
    """A program in the test's folder, and what checkers say of it."""

    @classmethod
    def setUpClass(cls):
        if not os.path.exists(f"{CHECKERS}/.done"):
            log = f"{CHECKERS}.log"
            why = read(log) if os.path.exists(log) else "nobody has tried"
            raise AssertionError(f"mypy, pyright and MicroPython's stubs are missing: `make checkers`\n{why}")

    def run_checker(self, *command):
        """Exit status, stdout and stderr as text."""
        environment = self.environment(
            PATH=f"{CHECKERS}/bin:{os.environ['PATH']}",
            PYRIGHT_PYTHON_IGNORE_WARNINGS="1",  # else it asks PyPI for a newer one
        )
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def mypy(self, *args):
        """What it finds wrong: (file, line, text)."""
        command = "mypy", "--no-error-summary", "--hide-error-context", "--cache-dir", f"{CHECKERS}/mypy-cache", *args
        status, stdout, stderr = self.run_checker(*command)
        self.assertIn((status, stderr), ((0, ""), (1, "")), stdout)
        found = re.findall(r"^(.+?):(\d+): error: (.*)$", stdout, re.M)
        self.assertEqual(bool(found), status == 1, stdout)
        return [(file, int(line), text) for file, line, text in found]

    def pyright(self, *args):
        """The same of pyright, warnings included."""
        status, stdout, stderr = self.run_checker("pyright", "--outputjson", *args)
        self.assertIn(status, (0, 1), stdout + stderr)
        output = json.loads(stdout)
        self.assertGreater(output["summary"]["filesAnalyzed"], 0)
        folder = os.path.realpath(self.folder)
        return [
            (os.path.relpath(found["file"], folder), found["range"]["start"]["line"] + 1, found["message"])
            for found in output["generalDiagnostics"]
        ]

    def take_types(self, stubs):
        """What typings/README.md tells users to do. In place of pip, the stubs that were installed are copied."""
        copy, install = re.findall(r"^    ((?:cp|pip) .*)$", read("typings/README.md"), re.M)
        here = copy.replace("path/to/your/program", self.folder)
        subprocess.run(["sh", "-ec", here], cwd=TOP, check=True)
        self.assertRegex(install, rf"^pip install --upgrade --target path/to/your/program/typings {BOARD}==\S+$")
        subprocess.run(["cp", "-r", f"{CHECKERS}/{stubs}/.", self.path("typings")], check=True)


class Programs(Checked):
    def assert_programs_fit(self, checker):
        for program, machines in PROGRAMS.items():
            for stubs in machines:
                with self.subTest(program=program, stubs=stubs):
                    self.setUp()
                    for file in python_files(f"{TOP}/{program}"):
                        self.write(file, read(program, file))
                    self.take_types(stubs)
                    self.assertEqual(checker(), [])

    def test_the_programs_of_the_docs_and_the_examples_fit_in_mypy(self):
        self.assert_programs_fit(lambda: self.mypy())

    def test_the_programs_of_the_docs_and_the_examples_fit_in_pyright(self):
        self.assert_programs_fit(lambda: self.pyright())

    def test_no_program_is_left_out(self):
        known = {f"{program}/{file}" for program in PROGRAMS for file in python_files(f"{TOP}/{program}")}
        there = {f"{folder}/{file}" for folder in ("docs", "examples") for file in python_files(f"{TOP}/{folder}")}
        self.assertEqual(known, there)

    def test_what_the_guide_has_one_save_fits(self):
        for page in glob.glob(f"{TOP}/docs/guide/*.md"):
            for name, code in re.findall(r"^```python\n# save as (\S+\.py)\n(.*?)^```$", read(page), re.M | re.S):
                self.write(name, code)
        self.assertGreater(len(python_files(self.folder)), 5)
        self.take_types(BOARD)
        self.assertEqual(self.mypy(), [])
        self.assertEqual(self.pyright(), [])

    def test_what_programs_may_do_fits(self):
        self.write("main.py", RIGHT)
        (example,) = re.findall(r"^```python\n(.*?)^```$", read("typings/README.md"), re.M | re.S)
        self.write("readme.py", example)
        self.take_types(BOARD)
        self.assertEqual(self.mypy(), [])
        self.assertEqual(self.pyright(), [])

    def test_what_is_wrong_is_found(self):
        self.write("wrong.py", WRONG)
        self.take_types(BOARD)
        wrong = [("wrong.py", number) for number, line in enumerate(WRONG.split("\n"), 1) if line.endswith("# wrong")]
        self.assertGreater(len(wrong), 20)
        for checker in self.mypy, self.pyright:
            with self.subTest(checker=checker.__name__):
                self.assertEqual(sorted({(file, line) for file, line, _ in checker()}), wrong)

    def test_the_stubs_that_the_readme_names_are_those_that_are_tested(self):
        (named,) = re.findall(r"pip install .* (\S+==\S+)$", read("typings/README.md"), re.M)
        self.assertIn(named + " ", read(f"tools/checkers/{BOARD}.txt"))


class Stubs(Checked):
    def test_the_stubs_are_complete(self):
        self.take_types(BOARD)
        names = sorted(os.path.basename(stub) for stub in glob.glob(f"{TOP}/typings/*.pyi"))
        self.assertEqual(names, sorted(f"{module}.pyi" for module in (*MODULES, "aioservice_types")))
        stubs = [f"typings/{name}" for name in names]
        self.assertEqual(self.mypy("--strict", *stubs), [])
        strict = {"include": stubs, "stubPath": "typings", "typeshedPath": "typings", "typeCheckingMode": "strict"}
        self.write("strict.json", strict | {"reportMissingModuleSource": False})
        self.assertEqual(self.pyright("-p", "strict.json"), [])


class Members(FolderTest):
    def test_classes_have_the_members_that_objects_have(self):
        for line in self.output_of(MEMBERS):
            name, *names = line.split()
            module, _, cls = name.partition(".")
            public = {n for n in names if not n.startswith("_")} - NOT_IN_STUBS
            with self.subTest(cls=name):
                self.assertEqual(members(module, cls) - (NOT_ALWAYS_THERE - public), public)


class Checkers(FolderTest):
    def test_where_they_cannot_be_had_it_says_so(self):
        there = self.path("checkers")
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
        status, _, stderr = self.run_program(command=[f"{TOP}/tools/get-checkers.sh", there], timeout=50, **offline)
        self.assertEqual(status, 1)
        self.assertIn("Cannot get mypy, pyright and MicroPython's stubs: pip could not install them from PyPI.", stderr)
        self.assertFalse(os.path.exists(f"{there}/.done"))
