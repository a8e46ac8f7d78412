"""The emulated boards themselves: exit status, files, time, resets, faults, the prompt."""

import subprocess
import tempfile
import unittest
from pathlib import Path

import board_run

SOFT_RESET = Path(__file__).parent / "soft_reset"


class Board:
    """What holds for each board."""

    board = None

    def run_text(self, *texts, **options):
        """Runs the texts one after the other, with a soft reset between."""
        files = {f"program{i}.py": text.encode() for i, text in enumerate(texts)}
        return board_run.run(self.board, list(files), files, **options)

    def test_the_exit_status_is_the_programs(self):
        for text, status in (
            ("", 0),
            ("raise SystemExit", 0),
            ("import sys; sys.exit(0)", 0),
            ("import sys; sys.exit(7)", 7),
            ("import machine; machine.soft_reset()", 0),
            ("1/0", 1),
            ("if", 1),
        ):
            with self.subTest(text):
                self.assertEqual(self.run_text(text)[0], status)

    def test_a_text_given_to_exit_is_printed(self):
        self.assertEqual(self.run_text("import sys; sys.exit('no disk')"), (1, "no disk\n"))

    def test_an_exception_is_printed_with_its_traceback(self):
        status, output = self.run_text("1/0")
        self.assertIn('File "program0.py", line 1', output)
        self.assertIn("ZeroDivisionError: divide by zero", output)

    def test_a_program_that_hangs_is_ended(self):
        status, output = self.run_text("print('begun')\nwhile True: pass", timeout=2)
        self.assertEqual(status, board_run.TIMED_OUT)
        self.assertIn("begun", output)

    def test_the_first_program_that_fails_is_the_last(self):
        self.assertEqual(
            self.run_text("print(1)", "import sys; print(2); sys.exit(3)", "print(4)"), (3, "1\n2\n")
        )

    def test_two_runs_are_alike_to_the_microsecond(self):
        text = """
import asyncio, gc, os, time
async def main():
    for _ in range(5):
        await asyncio.sleep_ms(7)
        print(time.ticks_us(), time.time_ns())
asyncio.run(main())
with open("file", "w") as file:
    file.write("text")
print(time.ticks_us(), gc.mem_free(), os.statvfs("/"))
"""
        first, second = self.run_text(text), self.run_text(text)
        self.assertEqual(first[0], 0, first[1])
        self.assertEqual(first, second)

    def test_clocks_never_go_back(self):
        status, output = self.run_text("""
import time
before_us = before_ms = 0
for _ in range(200000):
    us, ms = time.ticks_us(), time.ticks_ms()
    assert us >= before_us and ms >= before_ms and abs(ms * 1000 - us) <= 2000, (before_us, us, ms)
    before_us, before_ms = us, ms
print(us > 500000)
""")
        self.assertEqual((status, output), (0, "True\n"))

    def test_a_sleep_lasts_as_long_as_asked(self):
        self.assertEqual(
            self.run_text("""
import asyncio, time
for sleep in (time.sleep_ms, lambda ms: asyncio.run(asyncio.wait_for_ms(asyncio.Event().wait(), ms))):
    start = time.ticks_ms()
    try:
        sleep(1500)
    except asyncio.TimeoutError:
        pass
    print(1500 <= time.ticks_diff(time.ticks_ms(), start) < 1510)
""")[1],
            "True\nTrue\n",
        )

    def test_files_and_folders_of_the_host_are_on_the_disk(self):
        program = b"""
import os
print(os.getcwd(), sorted(os.listdir()), os.listdir("folder"))
print(len(open("long").read()), open("folder/empty").read() == "")
"""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "empty").touch()
            files = {"main.py": program, "long": b"x" * 3000, "folder": folder}
            self.assertEqual(
                board_run.run(self.board, ["main.py"], files),
                (0, "/ ['folder', 'long', 'main.py'] ['empty']\n3000 True\n"),
            )

    def test_files_that_do_not_fit_end_the_run(self):
        status, output = board_run.run(self.board, ["main.py"], {"main.py": b"", "huge": bytes(1 << 20)})
        self.assertEqual(status, 1)
        self.assertIn("OSError: 28\n", output)  # ENOSPC

    def test_files_outlive_a_soft_reset_and_nothing_else_does(self):
        self.assertEqual(
            self.run_text(
                "import os\nwith open('kept', 'w') as f:\n    f.write('text')\nos.rename('kept', 'moved')\nname = 1",
                "import sys; print(open('moved').read(), 'name' in globals(), 'aioservice' in sys.modules)",
            ),
            (0, "text False False\n"),
        )

    def run_soft_reset(self, *names):
        status, output = board_run.run(self.board, names, {path.name: path for path in SOFT_RESET.glob("*.py")})
        self.assertEqual(status, 0, output)
        return output

    def test_soft_resets_with_services_running_leave_a_clean_state(self):
        expected = (SOFT_RESET / "expected").read_text()
        self.assertEqual(self.run_soft_reset("busy.py", "busy.py", "clean.py"), expected)

    def test_soft_resets_with_services_running_leave_no_memory_taken(self):
        first = self.run_soft_reset("memory.py")
        third = self.run_soft_reset("busy.py", "busy.py", "memory.py")
        self.assertIn("taken: ", first)
        self.assertEqual(third.splitlines()[-1], first.splitlines()[-1])

    def type(self, *lines):
        """What the board sends while these are typed at its prompt, and then a reset, which ends the emulation."""
        typed = "".join(line + "\r" for line in lines + ("import machine; machine.reset()",))
        command = board_run.prompt_command(self.board)
        return subprocess.run(command, input=typed.encode(), stdout=subprocess.PIPE, timeout=20).stdout.decode()

    def test_a_soft_reset_at_the_prompt_begins_anew(self):
        output = self.type(
            "import aioctl",
            "aioctl.setenv({'A': 1}); aioctl.getenv('A')",
            "\x04import aioctl; print(aioctl.getenv('A', 'nothing'))",
        )
        self.assertIn("MPY: soft reboot", output)
        self.assertIn("\nnothing", output.partition("soft reboot")[2])

    def test_the_repl_beside_the_tasks(self):
        output = self.type(
            "import asyncio, aioctl, aiorepl",
            "aioctl.add(aiorepl.task, name='repl'); asyncio.run(asyncio.wait_for(aioctl.tasks()[0], 1000))",
            "x = 'é€'",
            "await asyncio.sleep_ms(5); print(x * 2, len(x))",
        )
        self.assertIn("--> x = 'é€'", output)
        self.assertIn("\né€é€ 2\r\n--> ", output)


class CortexM3(Board, unittest.TestCase):
    board = "cortex-m3"

    def test_unaligned_access_is_trapped(self):
        status, output = self.run_text("""
import micropython
@micropython.viper
def read(where: ptr8) -> int:
    return int(ptr32(int(where) + 1)[0])
read(bytearray(8))
print("not trapped")
""")
        self.assertEqual(status, 255, output)
        self.assertIn("HardFault: pc=", output)


class Rv32(Board, unittest.TestCase):
    board = "rv32"
