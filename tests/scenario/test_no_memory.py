"""Services that require each other, in random orders of what can be asked of them, while allocations fail."""

import os
import unittest

from session import TOP, FolderTest

SANITIZED = os.environ.get("AIOSERVICE_ASAN", "")

# tests/module/_random.py says what must hold. The output depends on how often what is printed.
PROGRAM = """
import sys

sys.path.append(%r)
import __main__
import _random
from _clock import testclock

_random.run(__main__, %r, testclock.fail_alloc)
"""

# From the third on each has found a defect.
RUNS = 1, 2, 22, 35, 61, 126, 268, 314


@unittest.skipUnless(SANITIZED, "no sanitized build")
class NoMemory(FolderTest):
    def test_nothing_runs_without_what_it_requires(self):
        self.write("program.py", PROGRAM % (os.path.join(TOP, "tests/module"), RUNS))
        options = {"ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0"}
        status, stdout, stderr = self.run_program(command=[SANITIZED, "program.py"], **options)
        self.assertEqual((status, stderr), (0, ""), stdout)
        self.assertNotIn("WRONG", stdout)
        self.assertEqual(stdout.splitlines()[-1], "fine")


if __name__ == "__main__":
    unittest.main()
