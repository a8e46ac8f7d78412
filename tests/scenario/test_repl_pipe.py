"""The REPL that comes with aioservice: what it does with the commands of a pipe or a file.

    AIOSERVICE=$PWD/build/aioservice PYTHONPATH=tests/scenario /usr/bin/python3 -m unittest tests/scenario/test_repl_pipe.py

Nothing here sleeps: each step waits for the prompt or for a text that the program prints.
"""

import os
import subprocess
import time
import unittest

import repl
from repl import AIOSERVICE

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

# The other task ends by itself, after the REPL.
WORKS_ON = """
import asyncio, aioctl, aiorepl

async def work():
    while not aioctl.group().tasks["repl"].task.done():
        await asyncio.sleep_ms(1)
    print("the REPL has ended")
    await asyncio.sleep_ms(20)
    print("work goes on")

async def main():
    aioctl.add(aiorepl.task, exit_cb=lambda: print("not called"), name="repl")
    aioctl.add(work, name="work")
    await asyncio.gather(*aioctl.tasks())

asyncio.run(main())
"""


class FromAPipe(repl.ReplTest):
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

    def test_a_line_end_is_input(self):
        self.assertEqual(self.feed(b"\n"), [])

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
        self.assertEqual(self.feed_line(), "Starting asyncio REPL...\n1\nstopped: False\nwork goes on\n")

    def test_it_stops_the_other_tasks_before_it_tells_its_end(self):
        self.write("main.py", TELLS_ITS_END.replace("ARGUMENTS", 'prompt="? ", exit_cb=on_exit'))
        self.assertEqual(self.feed_line(), "Starting asyncio REPL...\n1\nstopped: True\n")

    def feed_line(self):
        self.write("commands", "1\n")
        with open(os.path.join(self.folder, "commands"), "rb") as commands:
            code, out = self.run_with(commands)
        self.assertEqual(code, 0)
        return out

    def run_with(self, stdin):
        done = subprocess.run(
            [AIOSERVICE, "main.py"], cwd=self.folder, stdin=stdin, stdout=subprocess.PIPE, timeout=20
        )
        return done.returncode, done.stdout.decode()

    def test_input_that_ends_before_it_begins_ends_the_repl_alone(self):
        self.write("main.py", WORKS_ON)
        expected = "Starting asyncio REPL...\nthe REPL has ended\nwork goes on\n"
        with open(os.devnull, "rb") as null:
            self.assertEqual(self.run_with(null), (0, expected))

    def test_a_file(self):
        self.write("commands", "1\nawait answer()\n")
        with open(os.path.join(self.folder, "commands"), "rb") as commands:
            expected = "Starting asyncio REPL...\n1\n42\nprogram ended\n"
            self.assertEqual(self.run_with(commands), (0, expected))

    def test_a_closed_stdin(self):
        self.write("main.py", WORKS_ON)
        done = subprocess.run(
            ["/bin/sh", "-c", 'exec "$0" main.py <&-', AIOSERVICE],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            timeout=20,
        )
        expected = b"Starting asyncio REPL...\nthe REPL has ended\nwork goes on\n"
        self.assertEqual((done.returncode, done.stdout), (0, expected))


if __name__ == "__main__":
    unittest.main()
