"""The sessions of docs/guide/supervision.md and operate.md are what happens, in a copy of docs/guide/station."""

import os
import re
import shutil
import unittest

from session import TOP
from test_docs import STATION, SUPERVISION, Session, read, steps


class Page(Session):
    def test_each_failure_is_what_the_page_says(self):
        shutil.copytree(STATION, self.folder, dirs_exist_ok=True)
        self.assertGreater(len(list(steps(read(SUPERVISION)))), 50)
        self.assert_page_is_right(SUPERVISION)

    def test_the_first_five_commands_show_what_the_page_says(self):
        shutil.copytree(STATION, self.folder, dirs_exist_ok=True)
        self.assert_page_is_right(f"{TOP}/docs/guide/operate.md")


class Comparison(unittest.TestCase):
    def test_the_tests_it_names_are_there(self):
        names = set(re.findall(r"`((?:supervise|aioservice|aioctl|spec9)_\w+)`", read(f"{TOP}/docs/supervision-tests.md")))
        self.assertGreater(len(names), 15)
        for name in names:
            with self.subTest(name=name):
                self.assertTrue(os.path.exists(f"{TOP}/tests/module/{name}.py"))


if __name__ == "__main__":
    unittest.main()
