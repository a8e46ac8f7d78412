"""Random orders of what can be asked of services: see tests/module/_random.py and _random_boot.py.

What is printed on the way is not looked at: where allocations fail, it depends on their number.
"""

import os
import unittest

from session import TOP, FolderTest

SANITIZED = os.environ.get("AIOSERVICE_ASAN", "")

PROGRAM = """
import sys

sys.path.append(%r)
import __main__
from _clock import testclock
""" % os.path.join(TOP, "tests/module")


@unittest.skipUnless(SANITIZED, "no sanitized build")
class Random(FolderTest):
    def assert_fine(self, program):
        self.write("program.py", PROGRAM + program)
        options = {"ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0"}
        status, stdout, stderr = self.run_program(command=[SANITIZED, "program.py"], **options)
        self.assertEqual((status, stderr), (0, ""), stdout)
        self.assertNotIn("WRONG", stdout)
        self.assertEqual(stdout.splitlines()[-1], "fine")

    def test_services_while_allocations_fail(self):
        # From the third on each has found a defect.
        numbers = (1, 2, 22, 35, 61, 126, 268, 314)
        self.assert_fine(f"import _random\n_random.run(__main__, {numbers}, testclock.fail_alloc)\n")

    def test_boots(self):
        for number in range(1, 60):
            with self.subTest(number=number):
                self.assert_fine(f"import _random_boot\n_random_boot.run(__main__, {number})\n")


if __name__ == "__main__":
    unittest.main()
