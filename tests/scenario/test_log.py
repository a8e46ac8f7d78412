"""The log of a running program: who writes to it, and how a person at the prompt reads it."""

import re
import unittest

from session import FolderTest, plain

DATE = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"

PROGRAM = """
import asyncio, aioctl, aiolog, aiorepl, aioservice

log = aiolog.getLogger("board")
aioctl.set_log(aiolog.streamlog)

async def poke_soon():
    await asyncio.sleep_ms(20)
    aioservice.service("hello").poked.set()

async def main():
    await aioservice.boot(debug=False, log=log, debug_log=True)
    aioservice.init(debug=False, log=log, debug_log=True)
    aioctl.add(aiorepl.task, name="repl")
    await asyncio.gather(*aioctl.tasks())

asyncio.run(main())
"""

# Logs a line each time it is poked, and its child one of its own.
HELLO = """
import asyncio
import aioctl
from aioclass import Service

class HelloService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.enabled = True

    @aioctl.aiotask
    async def task(self, *args, log=None, **kwargs):
        self.add_logger(log, level="INFO", service_logger=True)
        self.poked = asyncio.Event()
        self.add_ctask(aioctl, self.blink, "blink")
        self.log.info("started")
        while True:
            await self.poked.wait()
            self.poked.clear()
            self.log.info("poked")

    @aioctl.aiotask
    async def blink(self, *args, **kwargs):
        self.log.info("started", cname="blink")
        while True:
            await asyncio.sleep(1000)

service = HelloService("hello")
"""

WORLD = """
import asyncio
import aioctl
from aioclass import Service

class WorldService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.enabled = True

    @aioctl.aiotask
    async def task(self, *args, log=None, **kwargs):
        log.info("[world.service] about to fail")
        1 / 0

service = WorldService("world")
"""


class LogTest(FolderTest):
    def setUp(self):
        super().setUp()
        self.write("main.py", PROGRAM)
        self.write_service("hello", HELLO)
        self.write_service("world", WORLD)

    def texts(self, lines):
        """The lines without what each must begin with, the date and the logger's name."""
        for line in lines:
            self.assertRegex(line, rf"^{DATE} \[board\] \[\w+\] ")
        return [re.sub(rf"^{DATE} \[board\] ", "", line) for line in lines]

    def test_lines_of_a_service_and_its_children(self):
        repl = self.prompt()
        hello = ["[INFO] [hello.service] started", "[INFO] [hello.service.blink] started"]
        self.assertEqual(self.texts(repl.type('aioctl.log("[hello.service] ")')), hello[:1])
        self.assertEqual(self.texts(repl.type('aioctl.log("*[hello.service.blink] *")')), hello[1:])
        both = ["*[hello.service] *", "*[hello.service.*] *"]
        self.assertEqual(self.texts(repl.type(f"aioctl.log({both})")), hello)
        self.assertEqual(repl.type('aioctl.log("nobody")'), [])

    def test_a_failure_is_in_the_log(self):
        repl = self.prompt()
        lines = self.texts(repl.type('aioctl.log("world.service")'))
        self.assertIn("[INFO] [world.service] about to fail", lines)
        self.assertTrue(any(line.startswith("[ERROR]") and "ZeroDivisionError" in line for line in lines), lines)

    def test_debug_shows_a_service_with_its_lines(self):
        repl = self.prompt()
        repl.type("aioctl.debug()")
        lines = repl.type('aioctl.status("hello.service")')
        self.assertEqual(
            self.texts(lines[-2:]),
            ["[INFO] [hello.service] started", "[INFO] [hello.service.blink] started"],
        )

    def test_following_until_ctrl_c(self):
        repl = self.prompt()
        repl.send("soon = asyncio.create_task(poke_soon()); await aioctl.follow('hello')\r")
        repl.child.expect(rf"{DATE} \[board\] \[INFO\] \[hello.service\] poked\r\n")
        self.assertNotIn("started\r\n", plain(repl.child.before))  # that was before
        repl.send("\x03")
        repl.child.expect_exact("\n" + repl.prompt)
        self.assertIn("KeyboardInterrupt", repl.child.before)
        self.assertEqual(repl.type("6 * 7"), ["42"])

    def test_what_the_prompt_prints_may_go_to_the_log(self):
        repl = self.prompt()
        repl.type('print("written", "by hand", file=aiolog.streamlog)')
        self.assertEqual(repl.type('aioctl.log("by hand")'), ["written by hand"])

    def test_an_old_line_leaves_for_a_new_one(self):
        repl = self.prompt()
        repl.type('numbers = [log.info("[flood] %d", i) for i in range(100)]')
        self.assertEqual(repl.type('aioctl.log("started")'), [])
        numbers = [int(line.rsplit(" ", 1)[1]) for line in repl.type('aioctl.log("[flood]")')]
        self.assertEqual(numbers, list(range(numbers[0], 100)))
        self.assertGreater(numbers[0], 0)

    def test_a_line_too_long_for_the_log_is_cut_and_says_so(self):
        repl = self.prompt()
        repl.type('log.info("x" * 3000)')
        (line,) = repl.type("aioctl.log()")
        self.assertRegex(line, rf"^{DATE} \[board\] \[INFO\] x+\.\.\.\[cut\]$")
        self.assertEqual(len(line) + 1, 2000)


if __name__ == "__main__":
    unittest.main()
