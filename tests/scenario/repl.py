"""What the tests of the REPL have in common: a program with one in it, and a terminal to type on.

A text to wait for is put together at run time ("run" + "ning"), so that its echo is not taken for it.
"""

import io
import os
import tempfile
import unittest

import pexpect
import pyte

AIOSERVICE = os.environ["AIOSERVICE"]
PROMPT = "--> "
MORE = "... "
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"

PROGRAM = """
import asyncio, aioctl, aiorepl

beats = 0

async def heart():
    global beats
    while True:
        beats += 1
        await asyncio.sleep_ms(5)

async def answer():
    await asyncio.sleep_ms(5)
    return 42

async def for_ever():
    print("run" + "ning")
    await asyncio.sleep(1000)

async def spin():
    await asyncio.sleep_ms(1)
    print("run" + "ning")
    while True:
        pass

async def main():
    aioctl.add(aiorepl.task, name="repl")
    aioctl.add(heart, name="heart")
    await asyncio.gather(*aioctl.tasks())

asyncio.run(main())
print("program" + " ended")
"""

# As PROGRAM, without a task that keeps the processor busy.
ONLY_THE_REPL = """
import asyncio, aioctl, aiorepl

async def main():
    aioctl.add(aiorepl.task, name="repl")
    await asyncio.gather(*aioctl.tasks())

asyncio.run(main())
"""


class ReplTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.write("main.py", PROGRAM)

    def write(self, path, text):
        path = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)


class OnATerminal(ReplTest):
    def spawn(self, command, *args):
        repl = pexpect.spawn(command, list(args), cwd=self.folder, encoding="utf-8", timeout=20)
        self.addCleanup(repl.close, force=True)
        return repl

    def start(self):
        self.repl = self.spawn(AIOSERVICE, "main.py")
        self.repl.expect_exact("Starting asyncio REPL...\r\n" + PROMPT)

    def until(self, text):
        self.repl.expect_exact(text)
        return self.repl.before

    def run_line(self, keys):
        """Types keys and Enter; answers all that appears before the next prompt."""
        self.repl.send(keys + "\r")
        return self.until(PROMPT)

    def result_of(self, keys):
        """The output of a command, without the line that was typed."""
        return self.run_line(keys).split("\r\n", 1)[1]

    def type(self, *lines):
        """Types the lines of a block, each when it is asked for, and answers what running it prints."""
        for line in lines:
            self.repl.send(line + "\r")
            self.until(MORE)
        return self.result_of("")

    def watch_screen(self):
        """A function that answers the rows of a terminal of 80 columns, with all output from now on behind a prompt."""
        received = self.repl.logfile_read = io.StringIO()
        received.write(PROMPT)

        def rows():
            screen = pyte.Screen(80, 24)
            pyte.Stream(screen).feed(received.getvalue())
            return [row.rstrip() for row in screen.display if row.strip()]

        return rows
