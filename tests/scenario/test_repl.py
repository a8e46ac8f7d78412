"""The REPL that comes with aioservice: the commands of a person at a terminal.

    AIOSERVICE=$PWD/build/aioservice PYTHONPATH=tests/scenario /usr/bin/python3 -m unittest tests/scenario/test_repl.py

Nothing here sleeps: each step waits for the prompt or for a text that the program prints.
"""

import os
import re
import subprocess
import time
import unittest

import pexpect

import repl
from repl import AIOSERVICE, LEFT, MORE, ONLY_THE_REPL, PROMPT

# Prints once there is a file named speak.
SPEAKER = """
import asyncio, os

async def task():
    while "speak" not in os.listdir():
        await asyncio.sleep_ms(5)
    print("spo" + "ken")
"""

# Prints, and has the manager print, once there is a file named speak.
CHORUS = """
import aioctl, asyncio, os

async def failing():
    1 / 0

async def task():
    while "speak" not in os.listdir():
        await asyncio.sleep_ms(5)
    print("one")
    print("two", end=" ")
    print("three")
    aioctl.status("heart")
    print("four", end="")
    await asyncio.sleep_ms(5)
"""

# A stand-in for micropython-lib's, to be found where that one would be installed.
ANOTHER_AIOREPL = """
async def task(g=None, prompt="--> "):
    print("another REPL")
"""

LEFT_BY_ERROR = """
import asyncio, aioctl, aiorepl

async def main():
    aioctl.add(aiorepl.task, name="repl")
    await asyncio.sleep_ms(50)
    1 / 0

asyncio.run(main())
"""

WORLD = """
import aioctl, asyncio
from aioclass import Service

class WorldService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.enabled = True

    @aioctl.aiotask
    async def task(self, log=None):
        await asyncio.sleep(1000)

service = WorldService("world")
"""


class Commands(repl.OnATerminal):
    def assert_ends(self):
        self.until("program ended\r\n")
        self.repl.expect(pexpect.EOF)
        self.repl.wait()
        self.assertEqual(self.repl.exitstatus, 0)

    def test_a_result_is_echoed_and_kept(self):
        self.start()
        self.assertEqual(self.run_line("6 * 7"), "6 * 7\r\n42\r\n")
        self.assertEqual(self.run_line("_ + 1"), "_ + 1\r\n43\r\n")
        self.assertEqual(self.run_line("None"), "None\r\n")
        self.assertEqual(self.run_line("_"), "_\r\n43\r\n")
        self.assertEqual(self.run_line("True"), "True\r\nTrue\r\n")

    def test_a_line_without_code_does_nothing(self):
        self.start()
        self.assertEqual(self.run_line(""), "\r\n")
        self.assertEqual(self.run_line("   "), "   \r\n")
        self.assertEqual(self.run_line("# a remark"), "# a remark\r\n")

    def test_commands_share_the_globals_of_the_program(self):
        self.start()
        self.run_line("beats = -1000000")
        self.run_line("await asyncio.sleep_ms(30)")
        self.assertEqual(self.result_of("-1000000 < beats < 0"), "True\r\n")

    def test_a_command_that_said_it_did_well_is_not_echoed(self):
        self.write("aioservices/services/world_service.py", WORLD)
        self.start()
        self.run_line("import aioservice")
        lines = re.sub("\x1b\\[[0-9;]*m", "", self.result_of('aioservice.load("world")'))
        self.assertRegex(lines, r"^\[ OK \] Service: world\.service from \S+ loaded\r\n$")
        self.assertEqual(self.result_of("1 == 1"), "True\r\n")

    def test_output_of_tasks_leaves_what_is_typed_alone(self):
        self.write("speaker.py", SPEAKER)
        self.start()
        self.run_line("import speaker")
        self.run_line("t = asyncio.create_task(speaker.task())")
        self.repl.send("20 +")
        self.until("20 +")
        self.write("speak", "")
        self.until("spoken\r\n\r" + PROMPT + "20 +")
        self.assertEqual(self.run_line(" 2").split("\r\n")[-2], "22")

    def test_output_of_tasks_does_not_stick_to_what_is_typed(self):
        self.write("chorus.py", CHORUS)
        self.start()
        self.run_line("import chorus")
        self.run_line("t = asyncio.create_task(chorus.task())")
        screen = self.watch_screen()
        self.repl.send("20 +" + LEFT)
        self.until("20 +\b")
        self.write("speak", "")
        self.until("four\r\n\r" + PROMPT + "20 +\x1b[K\b")
        rows = screen()
        self.assertEqual(rows[:2], ["one", "two three"])
        self.assertTrue(rows[2].startswith("● heart: status: running"), rows)
        self.assertEqual(rows[3:], ["four", PROMPT + "20 +"])
        self.assertEqual(self.run_line("\x05 2").split("\r\n")[-2], "22")

    def test_print_is_its_own_again_when_the_repl_has_ended(self):
        self.write("main.py", ONLY_THE_REPL.replace("asyncio.run", "was = print\nasyncio.run") + "print(print is was)\n")
        self.start()
        self.assertEqual(self.result_of("print is was"), "False\r\n")
        self.repl.send("\x04")
        self.until("\r\nTrue\r\n")

    def test_a_block_goes_on_to_an_empty_line(self):
        self.start()
        self.repl.send("for i in range(2):  # twice\r")
        self.until(MORE)
        self.repl.send("  print('turn', i)\r")
        self.until(MORE)
        self.assertEqual(self.result_of(""), "turn 0\r\nturn 1\r\n")

    def test_ctrl_e_pastes_only_at_the_start_of_a_command(self):
        self.start()
        self.repl.send("if 1:\r")
        self.until(MORE)
        self.repl.send("\x05print(1 + 1)\r")
        self.until(MORE)
        self.assertEqual(self.result_of(""), "2\r\n")

    def test_open_brackets_and_strings_go_on(self):
        self.start()
        self.repl.send("[1,\r")
        self.until(MORE)
        self.assertEqual(self.result_of("2]"), "[1, 2]\r\n")
        self.repl.send("'''a:(\r")
        self.until(MORE)
        self.repl.send("\r")
        self.until(MORE)
        self.assertEqual(self.result_of("b'''"), "'a:(\\n\\nb'\r\n")
        self.assertEqual(self.result_of("'(' + ':'  # (:"), "'(:'\r\n")

    def test_an_empty_line_is_part_of_an_open_bracket(self):
        self.start()
        self.repl.send("[1,\r")
        self.until(MORE)
        self.repl.send("\r")
        self.until(MORE)
        self.assertEqual(self.result_of("2]"), "[1, 2]\r\n")

    def test_a_quote_that_is_missing_is_told_at_once(self):
        self.start()
        self.assertIn("SyntaxError", self.run_line("len('fan)"))
        self.assertIn("SyntaxError", self.run_line('[len("fan)'))

    def test_paste(self):
        self.start()
        self.repl.send("\x05")
        self.until("=== ")
        self.repl.send("def f():\r    x = 20\r\r    return x + 2\r\ry = f()\r\x04")
        self.until(PROMPT)
        self.assertEqual(self.result_of("y"), "22\r\n")

    def test_paste_with_await_keeps_strings_as_they_are(self):
        self.start()
        self.repl.send("\x05")
        self.until("=== ")
        self.repl.send("if 1:\r    n = await answer()\rs = '''a\r b'''\r\x04")
        self.until(PROMPT)
        self.assertEqual(self.result_of("n, s"), "(42, 'a\\n b')\r\n")

    def test_paste_is_dropped_by_ctrl_c(self):
        self.start()
        self.repl.send("\x05")
        self.until("=== ")
        self.repl.send("z = 1\r\x03")
        self.until(PROMPT)
        self.assertIn("NameError", self.run_line("z"))

    def test_await(self):
        self.start()
        self.assertEqual(self.result_of("await answer()"), "42\r\n")
        self.assertEqual(self.result_of("_"), "42\r\n")
        self.assertEqual(self.result_of("x = await answer()"), "")
        self.assertEqual(self.result_of("x"), "42\r\n")
        self.assertEqual(self.result_of("a, b = await answer(), dict(c=await answer())"), "")
        self.assertEqual(self.result_of("(a, b)"), "(42, {'c': 42})\r\n")

    def test_await_in_a_block(self):
        self.start()
        self.repl.send("for i in range(2):\r")
        self.until(MORE)
        self.repl.send("    print(i + await answer())\r")
        self.until(MORE)
        self.assertEqual(self.result_of(""), "42\r\n43\r\n")
        self.assertEqual(self.result_of("i"), "1\r\n")

    def test_what_is_typed_during_an_await_is_the_next_line(self):
        self.start()
        self.repl.send("await asyncio.sleep_ms(200)\r")
        self.until("\r\n")
        self.repl.send("20 + 3\r")
        self.until(PROMPT)
        self.assertEqual(self.until(PROMPT), "20 + 3\r\n23\r\n")

    def test_ctrl_c_drops_the_line(self):
        self.start()
        self.repl.send("not python\x03")
        self.assertEqual(self.until(PROMPT), "not python\r\n")
        self.repl.send("if 1:\r")
        self.until(MORE)
        self.repl.send("\x03")
        self.until(PROMPT)
        self.assertEqual(self.result_of("1"), "1\r\n")

    def test_ctrl_c_cancels_an_await(self):
        self.start()
        self.repl.send("await for_ever()\r")
        self.until("running\r\n")
        self.repl.send("\x03")
        self.assertIn("KeyboardInterrupt", self.until(PROMPT))
        self.assertEqual(self.result_of("await answer()"), "42\r\n")

    def test_ctrl_c_cancels_a_sleep(self):
        self.start()
        self.repl.send("print('run' + 'ning'); await asyncio.sleep(1000)\r")
        self.until("running\r\n")
        self.repl.send("\x03")
        self.assertIn("KeyboardInterrupt", self.until(PROMPT))

    def test_ctrl_c_leaves_the_task_alone_that_is_awaited(self):
        self.start()
        self.run_line("aioctl.add(for_ever)")
        self.repl.send("print('wait' + 'ing'); await aioctl.group().tasks['for_ever'].task\r")
        self.until("waiting\r\n")
        self.repl.send("\x03")
        self.assertIn("KeyboardInterrupt", self.until(PROMPT))
        self.run_line("await asyncio.sleep_ms(20)")
        self.assertEqual(self.result_of("aioctl.group().tasks['for_ever'].state"), "'running'\r\n")

    def test_ctrl_c_interrupts_a_loop(self):
        self.start()
        self.repl.send("\x05")
        self.until("=== ")
        self.repl.send("print('run' + 'ning')\rwhile True: pass\r\x04")
        self.until("running\r\n")
        self.repl.send("\x03")
        self.assertIn("KeyboardInterrupt", self.until(PROMPT))
        self.assertEqual(self.result_of("await answer()"), "42\r\n")

    def test_ctrl_c_interrupts_a_loop_inside_an_await(self):
        self.start()
        self.repl.send("await spin()\r")
        self.until("running\r\n")
        self.repl.send("\x03")
        self.assertIn("KeyboardInterrupt", self.until(PROMPT))
        self.assertEqual(self.result_of("await answer()"), "42\r\n")

    def test_ctrl_backslash_ends_a_task_that_never_awaits(self):
        self.start()
        self.run_line("import sys")
        self.repl.send("aioctl.add(spin)\r")
        self.until("running\r\n")
        self.repl.send("\x03\x03 no answer \x1c")
        self.until("Traceback")
        self.assertIn(", in spin", self.until("KeyboardInterrupt"))
        self.repl.expect(pexpect.EOF)

    def test_a_forgotten_await_is_told(self):
        self.start()
        self.assertIn("put `await` before it", self.run_line("answer()"))
        self.assertIn("put `await` before it", self.run_line("asyncio.gather(answer())"))
        self.assertNotIn("await", self.result_of("answer"))
        self.assertNotIn("await", self.result_of("aioctl.group().tasks['heart']"))

    def test_an_indented_line_is_no_command_even_with_await(self):
        self.start()
        self.assertIn("IndentationError", self.run_line("  await answer()"))

    def test_a_command_may_raise_keyboard_interrupt(self):
        self.start()
        self.assertIn("KeyboardInterrupt", self.run_line("raise KeyboardInterrupt"))
        self.run_line("async def leave(): raise KeyboardInterrupt")
        self.assertIn("KeyboardInterrupt", self.run_line("await leave()"))
        self.assertEqual(self.result_of("await answer()"), "42\r\n")

    def test_idle_it_sleeps(self):
        self.write("main.py", ONLY_THE_REPL)
        self.start()

        def wakeups():
            with open(f"/proc/{self.repl.pid}/status", encoding="utf-8") as status:
                return re.findall(r"ctxt_switches:\s*(\d+)", status.read())

        # It may still be on its way to sleep: two looks must agree in the end, and a poll would not let them.
        before = None
        for _ in range(20):
            now = wakeups()
            if now == before:
                return
            before = now
            time.sleep(0.3)
        self.fail("an idle REPL wakes up again and again")

    def test_other_tasks_run_on(self):
        self.start()
        self.run_line("before = beats")
        self.run_line("await asyncio.sleep_ms(50)")
        self.assertEqual(self.result_of("beats > before"), "True\r\n")

    def test_an_exception_does_not_end_it(self):
        self.start()
        out = self.result_of("1/0")
        self.assertEqual(
            out,
            "Traceback (most recent call last):\r\n"
            '  File "<stdin>", line 1, in <module>\r\n'
            "ZeroDivisionError: divide by zero\r\n",
        )
        in_an_await = self.result_of("await answer(); 1/0")
        self.assertEqual(in_an_await, out)
        self.assertIn("SyntaxError", self.run_line("1 +"))
        self.assertIn("SyntaxError", self.run_line("await 1 +"))
        self.assertIn("KeyError", self.run_line("{}[await answer()]"))
        self.assertIn("CancelledError", self.run_line("raise asyncio.CancelledError"))
        self.run_line("t = asyncio.create_task(for_ever())")
        self.until("running\r\n\r" + PROMPT)
        self.run_line("t.cancel()")
        self.assertIn("CancelledError", self.run_line("await t"))
        self.assertEqual(self.result_of("1"), "1\r\n")

    def test_ctrl_d_ends(self):
        self.start()
        self.repl.send("\x04")
        self.assert_ends()

    def test_ctrl_d_runs_a_block(self):
        self.start()
        self.repl.send("if 1:\r")
        self.until(MORE)
        self.repl.send("  print(1 + 1)\r")
        self.until(MORE)
        self.repl.send("\x04")
        self.until("\r\n")
        self.assertEqual(self.until(PROMPT), "2\r\n")

    def test_system_exit_ends(self):
        self.start()
        self.repl.send("raise SystemExit\r")
        self.assert_ends()

    def test_system_exit_in_an_await_ends(self):
        self.start()
        self.run_line("async def leave(): raise SystemExit")
        self.repl.send("await leave()\r")
        self.assert_ends()

    def test_the_terminal_gets_its_settings_back(self):
        for program, keys in ("main.py", "\x04"), ("main.py", "raise SystemExit\r"), ("error.py", ""):
            with self.subTest(program=program, keys=keys):
                self.write("error.py", LEFT_BY_ERROR)
                script = f'stty -g; "{AIOSERVICE}" {program}; stty -g'
                repl = self.spawn("/bin/sh", "-c", script)
                repl.expect(r"([0-9a-f:]+)\r\n")
                before = repl.match.group(1)
                repl.expect_exact(PROMPT)
                repl.send(keys)
                repl.expect(pexpect.EOF)
                self.assertEqual(repl.before.strip().split("\r\n")[-1], before)


class WhichOne(repl.ReplTest):
    def setUp(self):
        super().setUp()
        self.write("main.py", ONLY_THE_REPL)

    def output(self, **environment):
        done = subprocess.run(
            [AIOSERVICE, "main.py"],
            cwd=self.folder,
            env=dict(os.environ, **environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=20,
        )
        return done.stdout.decode()

    def test_ours_where_there_is_no_other(self):
        self.assertEqual(self.output(), "Starting asyncio REPL...\n")

    def test_the_one_beside_the_program(self):
        self.write("aiorepl.py", ANOTHER_AIOREPL)
        self.assertEqual(self.output(), "another REPL\n")

    def test_the_one_on_the_path(self):
        self.write("lib/aiorepl.py", ANOTHER_AIOREPL)
        path = ".frozen:" + os.path.join(self.folder, "lib")
        self.assertEqual(self.output(MICROPYPATH=path), "another REPL\n")


if __name__ == "__main__":
    unittest.main()
