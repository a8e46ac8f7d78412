"""`make -s run`: the first thing a newcomer types. And what the same program does on a terminal, in a
pipe, with Ctrl-C and with Ctrl-D.
"""

import os
import re
import signal
import unittest

import pexpect

from session import AIOSERVICE, LOOP_PROMPT, TOP, FolderTest, Prompt, quickstart_changed, simple_service

BOOT = """\
[ OK ] Service: hello_core.service from ./aioservices/services/hello_core_service.mpy loaded
[ OK ] Service: watcher.service from ./aioservices/services/watcher_service.mpy loaded
[ OK ] Service: devop.service from ./aioservices/services/devop_service.mpy loaded
[ OK ] Service: hello.service from ./aioservices/services/hello_service.mpy loaded
[ ERROR ] Service: dofail.service from ./aioservices/services/dofail_service.mpy not loaded: Error: ZeroDivisionError
"""
STARTING = "Starting asyncio REPL...\n"
TRACEBACK = """\
dofail: Traceback
Traceback (most recent call last):
  File "./aioservices/services/__init__.py", line 52, in <module>
  File "aioservices/services/dofail_service.py", line 16, in <module>
  File "aioservices/services/dofail_service.py", line 13, in __init__
ZeroDivisionError: divide by zero
"""

# Leaves a line in `file` when it is stopped.
NOTES_ITS_END = simple_service(
    "noted",
    init='self.kwargs = {"on_stop": self.on_stop}',
    more='''
    def on_stop(self, *args, **kwargs):
        with open("file", "a") as f:
            f.write("on_stop\\n")
''',
)


@unittest.skipUnless(os.path.exists(os.path.join(TOP, "Makefile")), "no Makefile")
class MakeRun(FolderTest):
    COMMAND = ["make", "-s", "run"]

    def setUp(self):
        super().setUp()
        self.folder = TOP
        reason = quickstart_changed()
        if reason:
            self.skipTest(reason)

    def test_commands_from_a_pipe(self):
        commands = 'import aioservice\naioservice.status()\naioservice.traceback("dofail")\n'
        status, stdout, stderr = self.run_program(command=self.COMMAND, stdin=commands, timeout=50)
        self.assertEqual(stdout, BOOT + STARTING + BOOT + TRACEBACK)
        self.assertEqual((status, stderr), (0, ""))

    def test_without_commands(self):
        command = ["/bin/sh", "-c", "echo | make -s run"]
        self.assertEqual(self.run_program(command=command, timeout=50), (0, BOOT + STARTING, ""))

    def test_on_a_terminal(self):
        # make and the program are one job of the terminal: both get its signals.
        script = "stty -g; make -s run; echo status $?; stty -g"
        repl = Prompt(self.start("-c", script, program="/bin/sh"), LOOP_PROMPT)
        settings, *greeting = repl.greeting
        self.assertEqual(greeting, (BOOT + STARTING).splitlines())
        repl.send("no python at all\x03")
        repl.child.expect_exact("\n" + LOOP_PROMPT)
        self.assertEqual(repl.type("6 * 7"), ["42"])
        repl.send("\x04")
        repl.wait()
        self.assertEqual(repl.lines()[-2:], ["status 0", settings])

    def test_the_session_of_the_readme(self):
        with open(os.path.join(TOP, "README.md"), encoding="utf-8") as f:
            session = re.search(r"^```\n\$ make run\n(.*?)^```", f.read(), re.M | re.S).group(1)
        greeting, *steps = session.split(LOOP_PROMPT)
        repl = Prompt(self.start(*self.COMMAND[1:], program="make"), LOOP_PROMPT)
        self.assertEqual(repl.greeting, re.sub(r"^  .*\n", "", greeting, flags=re.M).splitlines())
        for step in steps:
            command, *output = step.splitlines()
            self.assertEqual(repl.type(command), output)
        repl.end()

    def test_ctrl_c_during_a_command_leaves_the_prompt(self):
        repl = Prompt(self.start(*self.COMMAND[1:], program="make"), LOOP_PROMPT)
        repl.send("while True: print('run' + 'ning')\r")
        repl.child.expect_exact("running\r\n")
        repl.send("\x03")
        repl.child.expect_exact("KeyboardInterrupt")
        repl.child.expect_exact("\n" + LOOP_PROMPT)
        self.assertEqual(repl.type("6 * 7"), ["42"])
        repl.end()


class OnATerminal(FolderTest):
    """The quickstart's program, with a service of which the end can be seen."""

    def setUp(self):
        super().setUp()
        self.take_main()
        self.write_service("noted", NOTES_ITS_END)

    def test_ctrl_d_stops_the_services(self):
        repl = self.prompt()
        self.assertEqual(repl.end(), 0)
        self.assertEqual(self.read("file"), "on_stop\n")

    def test_ctrl_c_at_the_prompt_stops_nothing(self):
        repl = self.prompt()
        for keys in "\x03", "\x03", "not python\x03":
            repl.send(keys)
            repl.child.expect_exact("\n" + LOOP_PROMPT)
        self.assertFalse(os.path.exists(self.path("file")))
        repl.type("import aioctl")
        self.assertEqual(repl.type("aioctl.group().tasks['noted.service'].task.done()"), ["False"])
        self.assertEqual(repl.end(), 0)

    def test_sigterm_gives_up_at_once(self):
        repl = self.prompt()
        repl.child.kill(signal.SIGTERM)
        repl.child.expect(pexpect.EOF)
        repl.child.wait()
        self.assertEqual(repl.child.signalstatus, signal.SIGTERM)

    def colours(self, **variables):
        """The colours of a status line, at the start and by a command."""
        child = self.start("main.py", **variables)
        repl = Prompt(child, LOOP_PROMPT)
        first = re.findall("\x1b\\[[0-9;]+m", child.before)
        repl.type("import aioservice")
        repl.type("aioservice.status()")
        return first, re.findall("\x1b\\[[0-9;]+m", "".join(repl.raw))

    def test_colours(self):
        green, off = "\x1b[92m", "\x1b[0m"
        self.assertEqual(self.colours(), ([green, off], [green, off]))

    def test_no_color(self):
        self.assertEqual(self.colours(NO_COLOR="1"), ([], []))

    def test_an_empty_no_color_does_not_count(self):
        self.assertNotEqual(self.colours(NO_COLOR=""), ([], []))


class InAPipe(FolderTest):
    COMMANDS = "import aioservice, aioctl\naioservice.status()\naioctl.status()\n"

    def setUp(self):
        super().setUp()
        self.take_main()
        self.write_service("noted", NOTES_ITS_END)
        self.write_service("broken", "1/0")

    def test_no_colours(self):
        status, stdout, stderr = self.run_program(stdin=self.COMMANDS)
        self.assertEqual((status, stderr), (0, ""))
        self.assertNotIn("\x1b", stdout)
        self.assertIn("[ ERROR ] Service: broken.service", stdout)

    def test_colours_by_hand(self):
        commands = "import aioctl\naioctl.color(True)\n" + self.COMMANDS
        self.assertIn("\x1b[31;1mERROR\x1b[0m", self.run_program(stdin=commands)[1])

    def test_the_end_of_input_stops_the_services(self):
        self.run_program(stdin="1\n")
        self.assertEqual(self.read("file"), "on_stop\n")

    def test_a_reader_that_leaves_does_not_hang_it(self):
        # As `make run | head -1` does, with more to print than a pipe takes.
        self.write("commands", "for i in range(20000): print('a line of some length', i)\n\n" * 5)
        script = '"$0" main.py < commands | head -1'
        status, stdout, _ = self.run_program(command=["/bin/sh", "-c", script, AIOSERVICE])
        self.assertEqual(status, 0)
        self.assertEqual(len(stdout.splitlines()), 1)

    def test_stdout_closed(self):
        script = 'exec "$0" main.py >&-'
        status, _, _ = self.run_program(command=["/bin/sh", "-c", script, AIOSERVICE], stdin="1\n")
        self.assertGreaterEqual(status, 0, "killed by a signal")

    def test_a_full_device(self):
        script = 'exec "$0" main.py > /dev/full'
        status, _, _ = self.run_program(command=["/bin/sh", "-c", script, AIOSERVICE], stdin="1\n")
        self.assertGreaterEqual(status, 0, "killed by a signal")


if __name__ == "__main__":
    unittest.main()
