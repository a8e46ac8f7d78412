"""Random orders of what can be asked of services: see tests/module/_random.py and _random_boot.py.

What is printed on the way is not looked at: where allocations fail, it depends on their number.
"""

import json
import os
import re
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

    def test_what_is_told_in_several_ways_agrees(self):
        program = "import _random\n_random.prints = True\n_random.run(__main__, (1, 2, 17, 28))\n"
        self.write("program.py", PROGRAM + program)
        options = {"ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0"}
        status, stdout, stderr = self.run_program(command=[SANITIZED, "program.py"], **options)
        self.assertEqual((status, stderr), (0, ""))
        looks = stdout.split("<<< snapshot\n")[1:]
        self.assertGreater(len(looks), 300)
        self.seen = set()
        for look in looks:
            parts = dict(part.split("\n", 1) for part in ("snapshot\n" + look).split("<<< "))
            parts["failures"] = parts["failures"].split("<<<")[0]
            self.assert_agrees(**parts)
        self.assertLessEqual({("OK", "running"), ("ERROR", "failed"), ("ERROR", "waiting"), ("--", "inactive")}, self.seen)

    def assert_agrees(self, snapshot, list, status, top, failures):
        services = json.loads(snapshot)["services"]
        self.assertEqual(list.splitlines(), [f"Service: {s['name']}.service from {s['path']}" for s in services])
        said = re.findall(r"^\[ (.*?) \] Service: (\w+)\.service (.*)$", status, re.M)
        lines = {name: (mark, text) for mark, name, text in said}
        sums = {name: (int(steps), int(restarts)) for steps, restarts, name in re.findall(r"(\d+) +(\d+)  (\w+)\.service$", top, re.M)}
        for service in services:
            name = service["name"]
            with self.subTest(service=service, line=lines.get(name)):
                below = service["children"] + service["instances"]
                trouble = service["error"] or service["limit_hit"] or service["state"] == "stuck"
                mark, text = lines.get(name, ("--", "not loaded"))
                self.seen.add((mark, service["state"]))
                if mark == "ERROR":
                    self.assertTrue(trouble or any(one["error"] or one["state"] == "stuck" for one in below))
                    if service["error"]:
                        self.assertIn(service["error"]["text"], text)
                elif mark == "OK":
                    self.assertFalse(trouble)
                self.assertEqual(sums.get(name, (0, 0)), (service["steps"], service["restarts"]))
                if service["state"] == "failed" and service["error"]:
                    self.assertIn(f"{name}.service", failures)

    def test_boots(self):
        for number in range(1, 60):
            with self.subTest(number=number):
                self.assert_fine(f"import _random_boot\n_random_boot.run(__main__, {number})\n")


if __name__ == "__main__":
    unittest.main()
