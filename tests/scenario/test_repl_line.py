"""The REPL that comes with aioservice: the line that is typed, its history, its completion.

    AIOSERVICE=$PWD/build/aioservice PYTHONPATH=tests/scenario /usr/bin/python3 -m unittest tests/scenario/test_repl_line.py

Nothing here sleeps: each step waits for the prompt or for a text that the program prints.
"""

import os
import unittest

import repl
from repl import AIOSERVICE, DOWN, LEFT, MORE, ONLY_THE_REPL, PROMPT, RIGHT, UP

HOME, END, DELETE = "\x1b[H", "\x1b[F", "\x1b[3~"

WORLD = """
import aioctl
from aioclass import Service

class WorldService(Service):
    @aioctl.aiotask
    async def task(self):
        pass

service = WorldService("world")
"""


class Line(repl.OnATerminal):
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

    def test_tab_completes_names_of_services_and_tasks_in_strings(self):
        for name in "world", "wonder":
            self.write(f"aioservices/services/{name}_service.py", WORLD.replace("world", name))
        self.start()
        self.run_line("import aioservice")
        self.run_line('x = aioservice.load("world")')
        self.repl.send('aioservice.service("w\t')
        self.until('"wo')
        self.repl.send("\t")
        self.assertEqual(self.until(PROMPT + 'aioservice.service("wo').split(), ["wonder", "world"])
        self.assertIn("Service: world.service from", self.run_line('r\t")'))
        self.assertEqual(self.result_of("aioctl.tasks_match('wor\t')"), "['world.service']\r\n")
        self.assertEqual(self.result_of("aioctl.tasks_match('nobody\t')"), "[]\r\n")
        self.assertEqual(self.result_of("str('asyncio.sleep_m\t')"), "'asyncio.sleep_ms'\r\n")

    def test_tab_behind_white_space_indents(self):
        self.start()
        self.assertEqual(self.run_line("(1 + \t2)"), "(1 +     2)\r\n3\r\n")

    def test_tab_proposes_nothing_where_commands_have_other_globals(self):
        self.write("main.py", ONLY_THE_REPL.replace('name="repl"', '{}, name="repl"'))
        self.start()
        self.assertIn("NameError", self.run_line("asyn\t"))

    def start_on_a_screen(self):
        self.start()
        self.screen = self.watch_screen()

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

    def test_unicode(self):
        self.start()
        self.assertEqual(self.run_line("print('é €😀')"), "print('é €😀')\r\né €😀\r\n")
        self.assertTrue(self.result_of("len('é€x" + LEFT + LEFT + "\x7f" + END + "')").endswith("2\r\n"))

    def test_bytes_that_are_no_character(self):
        self.start()
        os.write(self.repl.child_fd, b"len('\xe9a\xff')\r")
        self.assertEqual(self.until(PROMPT).split("\r\n")[1], "3")


if __name__ == "__main__":
    unittest.main()
