"""What the scenario tests share: a folder with services in it, and programs run there.

The environment tells what is tested: AIOSERVICE and MPY_CROSS (programs) and TOP (this repository),
all absolute paths.
"""

import filecmp
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import unittest

import pexpect

AIOSERVICE = os.environ["AIOSERVICE"]
MPY_CROSS = os.environ["MPY_CROSS"]
TOP = os.environ["TOP"]

QUICKSTART = os.path.join(TOP, "examples/quickstart")
SERVICES = "aioservices/services"
TIMEOUT_S = 20

LOOP_PROMPT = "--> "  # the REPL beside running tasks
OWN_PROMPT = ">>> "  # MicroPython's own


def plain(text):
    """text without colours."""
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def masked(text):
    """text without colours, and with dates, ages and addresses replaced by DATE, AGE and 0x."""
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "DATE", plain(text))
    text = re.sub(r"(\d+ days?, )?\d\d:\d\d:\d\d\b|\b\d+ s\b", "AGE", text)
    return re.sub(r"0x[0-9a-f]+|(?<= at )[0-9a-f]{6,}\b", "0x", text)


def quickstart_changed():
    """Why build/quickstart cannot be tested, or None: whoever works here may have a configuration there."""
    theirs = os.path.join(TOP, "build/quickstart/services.config")
    if os.path.exists(theirs) and not filecmp.cmp(theirs, f"{QUICKSTART}/services.config", shallow=False):
        return "build/quickstart/services.config was changed"
    return None


def simple_service(name, step="await asyncio.sleep(1000)", init="pass", more="", kind="runtime"):
    """The source of a service that is enabled: `step` is what its task does."""
    return f"""
import asyncio
import aioctl
from aioclass import Service

class {name.capitalize()}Service(Service):
    def __init__(self, name):
        super().__init__(name)
        self.type = "{kind}.service"
        self.enabled = True
        {init}
{more}
    @aioctl.aiotask
    async def task(self, *args, log=None, **kwargs):
        {step}

service = {name.capitalize()}Service("{name}")
"""


class Prompt:
    """A REPL on a terminal."""

    def __init__(self, child, prompt):
        self.child = child
        self.prompt = prompt
        child.expect_exact("\n" + prompt)
        # What was printed before the first prompt, as lines.
        self.greeting = self.lines()

    def lines(self):
        text = plain(self.child.before).replace("\r", "")
        return text.rstrip("\n").split("\n") if text.strip() else []

    def send(self, keys):
        self.child.send(keys)

    def type(self, command):
        """Types a command and Enter; answers the lines it printed, without colours."""
        self.child.send(command + "\r")
        self.child.expect_exact("\n" + self.prompt)
        echo, *output = self.child.before.replace("\r", "").split("\n")
        assert plain(echo) == command, f"typed {command!r}, the screen shows {echo!r}"
        self.raw = output
        return [plain(line) for line in output]

    def end(self):
        """Ctrl-D; answers the exit status."""
        self.child.send("\x04")
        return self.wait()

    def wait(self):
        self.child.expect(pexpect.EOF)
        self.child.wait()
        return self.child.exitstatus


class FolderTest(unittest.TestCase):
    """Each test has an empty folder of its own, where its programs run."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        """content: text, bytes, or anything JSON can hold."""
        if not isinstance(content, (str, bytes)):
            content = json.dumps(content)
        if isinstance(content, str):
            content = content.encode()
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as f:
            f.write(content)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as f:
            return f.read()

    def write_service(self, name, source):
        self.write(f"{SERVICES}/{name}_service.py", source)

    def compile_service(self, name, source_path):
        """Puts NAME_service.mpy into the folder, as `make run` does."""
        os.makedirs(self.path(SERVICES), exist_ok=True)
        file = f"{SERVICES}/{name}_service"
        command = [MPY_CROSS, "-s", file + ".py", "-o", self.path(file + ".mpy"), source_path]
        subprocess.run(command, check=True, timeout=TIMEOUT_S)

    def take_quickstart(self, *names):
        """Compiles these services of the quickstart."""
        for name in names:
            self.compile_service(name, f"{QUICKSTART}/services/{name}_service.py")

    def take_main(self):
        """The program of the quickstart."""
        shutil.copy(f"{QUICKSTART}/main.py", self.path("main.py"))

    def environment(self, **variables):
        """As a person's shell has it: what make hands down to a make below it must not get there."""
        unwanted = "NO_COLOR", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        environment.update(variables)
        return environment

    def start(self, *args, program=AIOSERVICE, cwd=None, timeout=TIMEOUT_S, **variables):
        """Runs a program on a terminal of its own."""
        child = pexpect.spawn(
            program,
            list(args),
            cwd=cwd or self.folder,
            env=self.environment(**variables),
            encoding="utf-8",
            timeout=timeout,
            dimensions=(50, 500),
        )
        child.delaybeforesend = None
        self.addCleanup(child.close, force=True)
        return child

    def prompt(self, *args, **options):
        """The REPL beside the tasks of a program: main.py, or as args tell."""
        return Prompt(self.start(*(args or ["main.py"]), **options), LOOP_PROMPT)

    def own_prompt(self, **options):
        """MicroPython's own prompt, where no loop runs."""
        return Prompt(self.start(**options), OWN_PROMPT)

    def run_program(self, *args, stdin="\n", timeout=TIMEOUT_S, command=None, cwd=None, **variables):
        """Runs a program without a terminal; answers exit status, stdout and stderr as text.

        args: of AIOSERVICE, "main.py" if there are none; command: of something else instead.
        stdin: the text the program reads; of none, a REPL would end alone, and leave the services running.
        """
        # A process group of its own, so that nothing it starts outlives a timeout.
        process = subprocess.Popen(
            command or [AIOSERVICE, *(args or ["main.py"])],
            cwd=cwd or self.folder,
            env=self.environment(**variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            stdout, stderr = process.communicate(stdin.encode(), timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            stdout, stderr = process.communicate()
            self.fail(f"did not end within {timeout} s; it printed:\n{stdout.decode()}{stderr.decode()}")
        return process.returncode, stdout.decode(errors="replace"), stderr.decode(errors="replace")

    def output_of(self, program, heap="2M", **options):
        """Runs the text of a program that has to end well; answers the lines it printed."""
        self.write("program.py", program)
        status, stdout, stderr = self.run_program("-X", f"heapsize={heap}", "program.py", **options)
        self.assertEqual((status, stderr), (0, ""), stdout)
        return stdout.split("\n")[:-1]
