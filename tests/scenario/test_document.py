"""The transcripts of the documentation, typed at a real prompt and compared to the letter.

Each TRANSCRIPT is a block of the document as it stands there: a line after `>>> ` is typed, the
lines after it are what has to appear. Dates, ages, addresses and colours aside, not a character may
differ. The folders differ from block to block, as they do in the document.
"""

import unittest

from session import LOOP_PROMPT, FolderTest, Prompt, masked

WATCHER_DEVOP_HELLO = {
    "watcher": {"enabled": True, "args": [2]},
    "devop": {"enabled": True},
    "hello": {"enabled": True, "args": [3, 2]},
    "world": {"enabled": False, "args": ["world"]},
}

WITH_DOFAIL = {
    "hello": {"enabled": True, "args": [3, 2]},
    "devop": {"enabled": True},
    "dofail": {"enabled": True},
    "watcher": {"enabled": True, "args": [2]},
}

SERVICE = """\
>>> hs = aioservice.service("hello")
>>> hs
Service: hello.service from ./aioservices/services/hello_service.mpy
"""

LIST = """\
>>> aioservice.list()
Service: watcher.service from ./aioservices/services/watcher_service.mpy
Service: devop.service from ./aioservices/services/devop_service.mpy
Service: hello.service from ./aioservices/services/hello_service.mpy
"""

STATUS = """\
>>> aioservice.status("hello")
[ OK ] Service: hello.service from ./aioservices/services/hello_service.mpy loaded
>>> aioservice.status()
[ OK ] Service: watcher.service from ./aioservices/services/watcher_service.mpy loaded
[ OK ] Service: devop.service from ./aioservices/services/devop_service.mpy loaded
[ OK ] Service: hello.service from ./aioservices/services/hello_service.mpy loaded
"""

LOAD = """\
>>> aioservice.load("world")
[ OK ] Service: world.service from ./aioservices/services/world_service.mpy loaded
"""

UNLOAD = """\
>>> aioservice.unload("world")
True
"""

GET_CONFIG = """\
>>> aioservice.get_config("hello")
{'enabled': True, 'args': [3, 2]}
"""

# "e.g. how to use boot and init": the program, and what it prints.
BOOT_PROGRAM = '''\
def run(logger):
    async def main(logger):
        aioctl.set_log(streamlog)
        # boot must be awaited\x20
        await aioservice.boot(log=logger, debug_log=True)

        aioctl.add(aiorepl.task, name="repl")
        aioservice.init(log=logger, debug_log=True)

        await asyncio.gather(*aioctl.tasks())

    asyncio.run(main(logger))


run(logger)
'''

BOOT = """\
[ OK ] Service: hello_core.service from ./aioservices/services/hello_core_service.mpy loaded
[ OK ] Service: watcher.service from ./aioservices/services/watcher_service.mpy loaded
[ OK ] Service: devop.service from ./aioservices/services/devop_service.mpy loaded
[ OK ] Service: hello.service from ./aioservices/services/hello_service.mpy loaded
Starting asyncio REPL...
"""

TRACEBACK_BOOT = """\
[ OK ] Service: hello.service from ./aioservices/services/hello_service.mpy loaded
[ OK ] Service: devop.service from ./aioservices/services/devop_service.mpy loaded
[ ERROR ] Service: dofail.service from ./aioservices/services/dofail_service.mpy not loaded: Error: ZeroDivisionError
[ OK ] Service: watcher.service from ./aioservices/services/watcher_service.mpy loaded
Starting asyncio REPL...
"""

TRACEBACK = """\
>>> aioservice.traceback("dofail")
dofail: Traceback
Traceback (most recent call last):
  File "./aioservices/services/__init__.py", line 52, in <module>
  File "aioservices/services/dofail_service.py", line 16, in <module>
  File "aioservices/services/dofail_service.py", line 13, in __init__
ZeroDivisionError: divide by zero
"""

# What the document leaves out of its program: names it takes as given.
IMPORTS = """\
import asyncio, aioctl, aiorepl, aioservice
from aiolog import getLogger, streamlog
logger = getLogger("main")
"""


def steps(transcript):
    """The commands of a transcript, each with the lines that follow it."""
    found = []
    for line in transcript.splitlines():
        if line.startswith(">>> "):
            found.append((line[4:], []))
        else:
            found[-1][1].append(line)
    return found


class DocumentTest(FolderTest):
    def take(self, config, *names):
        self.take_quickstart(*names)
        self.write("services.config", config)
        self.write("main.py", IMPORTS + BOOT_PROGRAM)

    def assert_transcript(self, repl, transcript):
        for command, expected in steps(transcript):
            shown = repl.type(command)
            self.assertEqual([masked(line) for line in shown], [masked(line) for line in expected], command)

    def assert_ends(self, repl):
        self.assertEqual(repl.end(), 0)


class BesideTheTasks(DocumentTest):
    """The prompt of the boot program, while its services run."""

    def setUp(self):
        super().setUp()
        self.take(WATCHER_DEVOP_HELLO, "watcher", "devop", "hello", "world")
        self.repl = self.prompt()
        self.repl.type("import aioservice")

    def test_service(self):
        self.assert_transcript(self.repl, SERVICE)

    def test_list(self):
        self.assert_transcript(self.repl, LIST)

    def test_status(self):
        self.assert_transcript(self.repl, STATUS)

    def test_load_and_unload(self):
        # load() answers True and the document shows none: this prompt leaves out a True that would
        # only repeat the line before it.
        self.assert_transcript(self.repl, LOAD)
        self.assert_transcript(self.repl, UNLOAD)

    def test_get_config(self):
        self.assert_transcript(self.repl, GET_CONFIG)

    def test_all_in_one_session(self):
        for transcript in SERVICE, LIST, STATUS, LOAD, UNLOAD, LIST, STATUS, GET_CONFIG, LOAD, UNLOAD:
            self.assert_transcript(self.repl, transcript)
        self.assert_ends(self.repl)

    def test_traceback_of_a_service_loaded_by_hand(self):
        self.take_quickstart("dofail")
        lines = self.repl.type('aioservice.load("dofail")')
        self.assertIn("not loaded: Error: ZeroDivisionError", lines[0])
        self.assert_transcript(self.repl, TRACEBACK)


class Boot(DocumentTest):
    """The example program, and what it prints before its first prompt."""

    def take_boot(self):
        self.take(WATCHER_DEVOP_HELLO, "hello_core", "watcher", "devop", "hello", "world")

    def test_on_a_terminal(self):
        self.take_boot()
        repl = self.prompt()
        self.assertEqual(repl.greeting, BOOT.splitlines())
        self.assert_ends(repl)

    def test_in_a_pipe(self):
        self.take_boot()
        self.assertEqual(self.run_program(), (0, BOOT, ""))

    def test_pasted_at_micropythons_own_prompt(self):
        self.take_boot()
        own = self.own_prompt()
        own.send("\x05")
        own.child.expect_exact("=== ")
        own.send((IMPORTS + BOOT_PROGRAM).replace("\n", "\r"))
        own.child.expect_exact("=== run(logger)\r\n=== ")
        own.send("\x04")
        repl = Prompt(own.child, LOOP_PROMPT)
        self.assertEqual([line for line in repl.greeting if line], BOOT.splitlines())
        repl.send("\x04")
        own.child.expect_exact("\n" + own.prompt)
        self.assert_ends(own)

    def test_a_service_that_fails(self):
        self.take(WITH_DOFAIL, "hello", "devop", "dofail", "watcher")
        repl = self.prompt()
        self.assertEqual(repl.greeting, TRACEBACK_BOOT.splitlines())
        repl.type("import aioservice")
        self.assert_transcript(repl, TRACEBACK)
        self.assert_ends(repl)


class AtMicroPythonsOwnPrompt(DocumentTest):
    """No loop runs here: services can be loaded, and start when a loop does."""

    def setUp(self):
        super().setUp()
        self.take(WATCHER_DEVOP_HELLO, "watcher", "devop", "hello", "world")
        self.repl = self.own_prompt()
        self.repl.type("import aioservice")

    def test_service(self):
        self.assert_transcript(self.repl, SERVICE)

    def test_list(self):
        self.assert_transcript(self.repl, LIST)

    def test_status(self):
        self.repl.type("aioservice.init(debug=False)")
        self.assert_transcript(self.repl, STATUS)

    def test_load_and_unload(self):
        # This prompt shows every answer that is not None, so the True of load(), too.
        self.assert_transcript(self.repl, LOAD + "True\n")
        self.assert_transcript(self.repl, UNLOAD)

    def test_get_config(self):
        self.assert_transcript(self.repl, GET_CONFIG)


class AtMicroPythonsOwnPromptWithAFailure(DocumentTest):
    def test_traceback(self):
        self.take(WITH_DOFAIL, "hello", "devop", "dofail", "watcher")
        repl = self.own_prompt()
        repl.type("import aioservice")
        self.assert_transcript(repl, TRACEBACK)


if __name__ == "__main__":
    unittest.main()
