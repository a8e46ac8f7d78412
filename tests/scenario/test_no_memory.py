"""Services that require each other, in random orders of what can be asked of them, while allocations fail."""

import os
import subprocess
import unittest

from session import TIMEOUT_S, TOP, FolderTest

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
        done = subprocess.run(
            [SANITIZED, "program.py"],
            cwd=self.folder,
            env={**os.environ, **options},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertNotIn("WRONG", done.stdout)
        self.assertEqual(done.stdout.splitlines()[-1], "fine")


if __name__ == "__main__":
    unittest.main()
