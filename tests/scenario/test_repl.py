"""The REPL that comes with aioservice: what a person types on a terminal, what a pipe sends.

    AIOSERVICE=$PWD/build/aioservice TOP=$PWD /usr/bin/python3 -m unittest tests/scenario/test_repl.py

Nothing here sleeps: each step waits for the prompt or for a text that the program prints. A text to
wait for is put together at run time ("run" + "ning"), so that its echo is not taken for it.
"""

import io
import os
import re
import subprocess
import tempfile
import time
import unittest

import pexpect
import pyte

AIOSERVICE = os.environ["AIOSERVICE"]
PROMPT = "--> "
MORE = "... "
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
HOME, END, DELETE = "\x1b[H", "\x1b[F", "\x1b[3~"

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

# Tells when the REPL has ended, and what became of the other task.
TELLS_ITS_END = """
import asyncio, aioctl, aiorepl

async def work():
    await ended.wait()
    print("work goes on")

def on_exit():
    print("stopped:", aioctl.group().tasks["work"].cancelled)
    ended.set()

async def main():
    global ended
    ended = asyncio.Event()
    aioctl.add(work, name="work")
    aioctl.add(aiorepl.task, ARGUMENTS, name="repl")
    await asyncio.gather(*aioctl.tasks())

asyncio.run(main())
"""

# Prints once there is a file named speak.
SPEAKER = """
import asyncio, os

async def task():
    while "speak" not in os.listdir():
        await asyncio.sleep_ms(5)
    print("spo" + "ken")
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

    def test_backspace_and_delete(self):
        self.start()
        self.assertTrue(self.result_of("12\x7f3").endswith("13\r\n"))
        self.assertTrue(self.result_of("12\x083").endswith("13\r\n"))
        self.assertTrue(self.result_of("129" + LEFT + DELETE).endswith("12\r\n"))
        self.assertTrue(self.result_of("129" + LEFT + "\x04").endswith("12\r\n"))
        self.assertEqual(self.result_of(DELETE + "\x7f" + "5").split("\r\n")[-2:], ["5", ""])

    def test_moving_in_the_line(self):
        self.start()
        self.assertTrue(self.result_of("24" + LEFT + "3").endswith("234\r\n"))
        self.assertTrue(self.result_of("24" + HOME + "1" + END + "5").endswith("1245\r\n"))
        self.assertTrue(self.result_of("24" + LEFT + LEFT + LEFT + RIGHT + "3").endswith("234\r\n"))
        self.assertTrue(self.result_of("24\x1b[1~1\x1b[4~5").endswith("1245\r\n"))
        self.assertTrue(self.result_of("24\x1bOH1\x1bOF5").endswith("1245\r\n"))
        self.assertTrue(self.result_of("24\x011\x055").endswith("1245\r\n"))

    def test_a_key_without_a_meaning_is_ignored(self):
        self.start()
        self.assertEqual(self.result_of("1\x1b[15~2\x1b[1;5P3").split("\r\n")[-2], "123")

    def test_the_screen_shows_the_edited_line(self):
        self.start()
        self.assertEqual(self.run_line("13" + LEFT + "2").split("\r\n")[0], "13\b\b13\x1b[K\b\b123\x1b[K\b")

    def test_history(self):
        self.start()
        self.run_line("10 + 1")
        self.run_line("20 + 2")
        self.assertTrue(self.result_of(UP + UP).endswith("11\r\n"))
        self.assertTrue(self.result_of(UP + UP + DOWN).endswith("11\r\n"))
        self.assertTrue(self.result_of(UP + UP + UP + UP + UP).endswith("11\r\n"))
        self.assertTrue(self.result_of(UP + DOWN + DOWN + "7").endswith("7\r\n"))
        self.assertTrue(self.result_of(UP + "0").endswith("70\r\n"))

    def test_history_keeps_twenty_lines(self):
        self.start()
        for i in range(25):
            self.run_line(str(1000 + i))
        self.assertTrue(self.result_of(UP * 30).endswith("1005\r\n"))

    def test_history_keeps_a_thousand_characters(self):
        self.start()
        self.run_line("5 # the oldest")
        for i in range(4):
            self.run_line(str(i) + " #" + "x" * 247)
        self.repl.send(UP * 10 + "\r")
        self.until("\r\n")
        self.assertEqual(self.until(PROMPT), "0\r\n")

    def test_a_line_too_long_for_the_history_leaves_it_as_it_is(self):
        self.start()
        self.run_line("7")
        self.assertEqual(self.result_of("len('" + "x" * 3000 + "')"), "3000\r\n")
        self.assertTrue(self.result_of(UP).endswith("7\r\n"))

    def test_output_of_tasks_leaves_what_is_typed_alone(self):
        self.write("speaker.py", SPEAKER)
        self.start()
        self.run_line("import speaker")
        self.run_line("t = asyncio.create_task(speaker.task())")
        self.repl.send("20 +")
        self.until("20 +")
        self.write("speak", "")
        self.until("spoken\r\n")
        self.assertEqual(self.run_line(" 2").split("\r\n")[-2], "22")

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

    def type(self, *lines):
        """Types the lines of a block, each when it is asked for, and answers what running it prints."""
        for line in lines:
            self.repl.send(line + "\r")
            self.until(MORE)
        return self.result_of("")

    def test_lines_of_a_block_are_indented(self):
        self.start()
        out = self.type("for i in range(2):", "if i:", "print('turn', i)", "print('again')")
        self.assertEqual(out, "turn 1\r\nagain\r\n")

    def test_a_remark_does_not_hide_that_a_block_begins(self):
        self.start()
        self.assertEqual(self.type("for i in range(2):  # twice", "print('turn', i)"), "turn 0\r\nturn 1\r\n")

    def test_a_line_end_of_two_characters_is_no_pasted_line(self):
        self.repl = self.spawn("/bin/sh", "-c", f'stty -icrnl; exec "{AIOSERVICE}" main.py')
        self.until(PROMPT)
        self.repl.send("if 1:\r\n")
        self.until(MORE + "    ")
        self.repl.send("print('y' + 'es')\r\n")
        self.until(MORE)
        self.assertEqual(self.result_of(""), "yes\r\n")

    def test_backspace_takes_an_indent_back(self):
        self.start()
        out = self.type("for i in range(2):", "if i:", "print('turn', i)", "\x7fprint('round')")
        self.assertEqual(out, "round\r\nturn 1\r\nround\r\n")

    def test_who_indents_by_hand_is_not_indented_twice(self):
        self.start()
        out = self.type("for i in range(2):", "  if i:", "     print('turn', i)", "  print('round')")
        self.assertEqual(out, "round\r\nturn 1\r\nround\r\n")

    def test_pasted_lines_stay_as_they_are(self):
        self.start()
        self.run_line("import time")
        # All of it waits to be read while the first command runs.
        self.repl.send("time.sleep_ms(300)\rif 0:\r    print(1)\relse:\r    print('el' + 'se')\r\r")
        self.until("else\r\n" + PROMPT)
        self.assertEqual(self.result_of("1 + 1"), "2\r\n")

    def test_tab_completes_a_name(self):
        self.start()
        self.run_line("a_name_of_mine = 77")
        self.assertEqual(self.result_of("a_name_of_m\t + 0"), "77\r\n")
        self.assertEqual(self.result_of("asyncio.sleep_m\t.__name__"), "'sleep_ms'\r\n")
        self.assertTrue(self.result_of("[a_name_of_m, 0]" + LEFT * 4 + "\t").endswith("[77, 0]\r\n"))

    def test_tab_lists_the_names_that_fit(self):
        self.start()
        self.repl.send("aioctl.ta\t")
        self.until("aioctl.tasks")
        self.repl.send("\t")
        listed = self.until(PROMPT + "aioctl.tasks")
        self.assertEqual(listed.split(), ["tasks", "tasks_match"])
        self.assertEqual(self.result_of("_match('no*')"), "[]\r\n")

    def test_tab_behind_white_space_indents(self):
        self.start()
        self.assertEqual(self.run_line("(1 + \t2)"), "(1 +     2)\r\n3\r\n")

    def test_tab_proposes_nothing_where_commands_have_other_globals(self):
        self.write("main.py", ONLY_THE_REPL.replace('name="repl"', '{}, name="repl"'))
        self.start()
        self.assertIn("NameError", self.run_line("asyn\t"))

    def screen(self):
        """The rows of a terminal of 80 columns that has received all output up to now."""
        screen = pyte.Screen(80, 24)
        stream = pyte.Stream(screen)
        stream.feed(self.received.getvalue())
        return [row.rstrip() for row in screen.display if row.strip()]

    def start_on_a_screen(self):
        self.start()
        self.received = self.repl.logfile_read = io.StringIO()
        self.received.write(PROMPT)

    def test_a_line_of_several_rows_is_typed_as_ever(self):
        self.start_on_a_screen()
        line = "len('" + "x" * 200 + "')"
        self.run_line(line)
        self.assertEqual("".join(self.screen()), PROMPT + line + "200" + PROMPT.rstrip())

    def test_a_line_of_several_rows_is_edited_in_one(self):
        self.start_on_a_screen()
        digits = "".join(chr(ord("a") + i % 26) for i in range(200))
        self.repl.send("len('" + digits + "')" + LEFT * 30 + "ABC\x7f" + HOME + "2+" + END + LEFT + LEFT)
        self.repl.send("Z" + RIGHT * 5 + "\r")
        self.until("\r\n205\r\n")
        self.until(PROMPT)
        rows = self.screen()
        self.assertEqual(rows[-2:], ["205", PROMPT.rstrip()])
        self.assertLessEqual(len(rows), 3 + 2)  # as many as the line was long when it was typed
        self.assertTrue(rows[2].endswith("Z')"), rows)

    def test_a_long_line_of_the_history_takes_one_row(self):
        self.start_on_a_screen()
        self.run_line("len('" + "x" * 200 + "')")
        self.run_line("7")
        self.repl.send(UP + UP + LEFT * 3 + "y" + DOWN + UP + "\r")
        self.until("\r\n200\r\n")
        self.until(PROMPT)
        rows = self.screen()
        self.assertTrue(rows[-3].startswith(PROMPT + "xxx") and rows[-3].endswith("x')"), rows)
        self.assertEqual(rows[-5:-3], [PROMPT + "7", "7"])

    def test_ctrl_l_shows_the_line_again(self):
        self.start()
        self.repl.send("20 + 3" + LEFT + "\x0c")
        self.until("\r" + PROMPT + "20 + 3\x1b[K\b")
        self.assertEqual(self.result_of(""), "23\r\n")

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
        self.run_line("t.cancel()")
        self.assertIn("CancelledError", self.run_line("await t"))
        self.assertEqual(self.result_of("1"), "1\r\n")

    def test_unicode(self):
        self.start()
        self.assertEqual(self.run_line("print('é €😀')"), "print('é €😀')\r\né €😀\r\n")
        self.assertTrue(self.result_of("len('é€x" + LEFT + LEFT + "\x7f" + END + "')").endswith("2\r\n"))

    def test_bytes_that_are_no_character(self):
        self.start()
        os.write(self.repl.child_fd, b"len('\xe9a\xff')\r")
        self.assertEqual(self.until(PROMPT).split("\r\n")[1], "3")

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


class FromAPipe(ReplTest):
    def feed(self, data):
        """Runs the program with data as its input; the lines between its first and its last."""
        done = subprocess.run(
            [AIOSERVICE, "main.py"],
            cwd=self.folder,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=20,
        )
        self.assertEqual(done.returncode, 0, done.stdout)
        lines = done.stdout.decode().split("\n")
        self.assertEqual(lines[0], "Starting asyncio REPL...")
        self.assertEqual(lines[-2:], ["program ended", ""])
        return lines[1:-2]

    def test_only_what_commands_print_comes_out(self):
        self.assertEqual(self.feed(b"x = 20\nx + 2\nprint('hello')\n"), ["22", "hello"])

    def test_the_last_line_needs_no_end(self):
        self.assertEqual(self.feed(b"1\n2"), ["1", "2"])

    def test_a_block_may_end_with_the_input(self):
        self.assertEqual(self.feed(b"for i in range(2):\n\tprint(i)\n"), ["0", "1"])

    def test_carriage_returns(self):
        self.assertEqual(self.feed(b"1\r\nif 1:\r\n  print(2)\r\n\r\n3\r\n"), ["1", "2", "3"])

    def test_await_takes_nothing_from_the_next_lines(self):
        self.assertEqual(self.feed(b"await answer()\nx = await answer()\nx + 1\n"), ["42", "43"])

    def test_exceptions_go_to_stdout_and_do_not_end_it(self):
        lines = self.feed(b"1/0\n2\n")
        self.assertEqual(lines[-2:], ["ZeroDivisionError: divide by zero", "2"])

    def test_unicode(self):
        self.assertEqual(self.feed("print('é €😀')\n".encode()), ["é €😀"])

    def test_end_of_input_at_once(self):
        self.assertEqual(self.feed(b""), [])

    def test_system_exit_leaves_the_rest_unread(self):
        self.assertEqual(self.feed(b"1\nraise SystemExit\n2\n"), ["1"])

    def test_stopping_everything_ends_it(self):
        self.assertEqual(self.feed(b"x = aioctl.stop()\n2\n"), [])

    def test_an_await_without_a_line_end(self):
        self.assertEqual(self.feed(b"await answer()"), ["42"])

    def test_the_pipe_closes_within_a_character_or_a_key(self):
        self.assertEqual(self.feed(b"1\n# \xc3"), ["1"])
        self.assertEqual(self.feed(b"1\n2\x1b"), ["1", "2"])
        self.assertEqual(self.feed(b"1\n2\x1b[1"), ["1", "2"])

    def test_the_pipe_closes_within_a_command(self):
        self.assertEqual(self.feed(b"1\n(2,")[-1], "SyntaxError: invalid syntax")
        self.assertEqual(self.feed(b'1\n"""2')[-1], "SyntaxError: invalid syntax")

    def test_paste(self):
        source = b"def f():\n  x = 2\n\n  return x\n\nprint(f())\n"
        self.assertEqual(self.feed(b"\x05" + source + b"\x04f() + 1\n"), ["2", "3"])

    def test_what_was_pasted_runs_where_the_pipe_closes(self):
        self.assertEqual(self.feed(b"\x05print(1)\nprint(await answer())"), ["1", "42"])

    def test_a_long_line(self):
        for character in "x", "é":
            line = "len('" + character * 50000 + "')\n"
            self.assertEqual(self.feed(line.encode()), ["50000"])

    def test_a_line_comes_in_pieces_while_tasks_run_on(self):
        program = subprocess.Popen(
            [AIOSERVICE, "main.py"], cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.addCleanup(program.kill)
        program.stdin.write(b"before = beats\nprint('ready')\nbeats > be")
        program.stdin.flush()
        while program.stdout.readline() not in (b"ready\n", b""):
            pass
        time.sleep(0.1)  # the task `heart` has that long to beat
        out, _ = program.communicate(b"fore\n", timeout=20)
        self.assertEqual(out, b"True\nprogram ended\n")

    def test_it_ends_where_nobody_reads_its_output(self):
        self.write("commands", "print('one')\nwhile True: print('x' * 1000)\n\nwhile True: pass\n\n")
        with open(os.path.join(self.folder, "commands"), "rb") as commands:
            program = subprocess.Popen(
                [AIOSERVICE, "main.py"],
                cwd=self.folder,
                stdin=commands,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        self.addCleanup(program.kill)
        while program.stdout.readline() not in (b"one\n", b""):
            pass
        program.stdout.close()
        self.assertGreaterEqual(program.wait(20), 0)  # by itself, not by a signal

    def test_it_may_leave_the_other_tasks_alone(self):
        self.write("main.py", TELLS_ITS_END.replace("ARGUMENTS", 'None, "? ", False, on_exit'))
        with open(os.devnull, "rb") as null:
            expected = "Starting asyncio REPL...\nstopped: False\nwork goes on\n"
            self.assertEqual(self.run_with(null), (0, expected))

    def test_it_stops_the_other_tasks_before_it_tells_its_end(self):
        self.write("main.py", TELLS_ITS_END.replace("ARGUMENTS", 'prompt="? ", exit_cb=on_exit'))
        with open(os.devnull, "rb") as null:
            self.assertEqual(self.run_with(null), (0, "Starting asyncio REPL...\nstopped: True\n"))

    def run_with(self, stdin):
        done = subprocess.run(
            [AIOSERVICE, "main.py"], cwd=self.folder, stdin=stdin, stdout=subprocess.PIPE, timeout=20
        )
        return done.returncode, done.stdout.decode()

    def test_dev_null(self):
        with open(os.devnull, "rb") as null:
            self.assertEqual(self.run_with(null), (0, "Starting asyncio REPL...\nprogram ended\n"))

    def test_a_file(self):
        self.write("commands", "1\nawait answer()\n")
        with open(os.path.join(self.folder, "commands"), "rb") as commands:
            expected = "Starting asyncio REPL...\n1\n42\nprogram ended\n"
            self.assertEqual(self.run_with(commands), (0, expected))

    def test_a_closed_stdin(self):
        done = subprocess.run(
            ["/bin/sh", "-c", 'exec "$0" main.py <&-', AIOSERVICE],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            timeout=20,
        )
        self.assertEqual((done.returncode, done.stdout), (0, b"Starting asyncio REPL...\nprogram ended\n"))


class WhichOne(ReplTest):
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
