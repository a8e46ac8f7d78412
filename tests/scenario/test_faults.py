"""Faults that people make, planted in one product: each is told by a line that names it, in stdout, log and events alike."""

import json
import os
import re
import unittest

import session

PRODUCT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "faults", "main.py")

HEAD = """
import asyncio
import time
import aioctl
from aioclass import Service

class Planted(Service):
"""
TAIL = """

service = Planted("NAME")
"""

RUNS = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
"""


def service(body, enabled=True):
    return HEAD + f"    enabled = {enabled}\n" + body + TAIL


# name of its service: its source
SERVICES = {
    "child": service(
        """
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.kid, "kid")
        await asyncio.sleep(1000)

    @aioctl.aiotask
    async def kid(self):
        raise ValueError("no sensor at 0x76")
"""
    ),
    "hangs": service(
        """
    watchdog_ms = 50

    @aioctl.aiotask
    async def task(self):
        await asyncio.Event().wait()
"""
    ),
    "late": service("    ready_ms = 50\n" + RUNS),
    "blocks": service(
        """
    slow_step_ms = 50

    @aioctl.aiotask
    async def task(self):
        time.sleep_ms(80)
        await asyncio.sleep(1000)
"""
    ),
    "limit": service(
        """
    restart = {"policy": "on_failure", "delay_ms": 10, "burst": 2}

    @aioctl.aiotask
    async def task(self):
        raise OSError(5)
"""
    ),
    "keyed": service(RUNS),
    "slipped": service("    wathcdog_ms = 100\n" + RUNS),
    "argument": service(
        """
    @aioctl.aiotask
    async def task(self, host):
        await asyncio.sleep(1000)
"""
    ),
    "variable": service(
        """
    @aioctl.aiotask
    async def task(self, port):
        await asyncio.sleep(1000)
"""
    ),
    "circle1": service('    require = "circle2"\n' + RUNS),
    "circle2": service('    require = "circle1"\n' + RUNS),
    "lonely": service('    require = "netwrok"\n' + RUNS),
    "imports": "import bme280\n" + service(RUNS),
    "syntax": "def oops(:\n",
    "empty": "x = 1\n",
    "swallows": service(
        """
    stop_ms = 50

    @aioctl.aiotask
    async def task(self):
        while True:
            try:
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                pass
"""
    ),
    "port": service(
        """
    @aioctl.aiotask
    async def task(self):
        import socket
        taken, second = socket.socket(), socket.socket()
        address = socket.getaddrinfo("127.0.0.1", PORT)[0][-1]
        taken.bind(address)
        taken.listen(1)
        second.bind(address)
"""
    ),
    "network": service(
        """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(100)
        raise OSError(113)
"""
    ),
    "web": service('    require = "network"\n    restart = "on_failure"\n' + RUNS),
    "policy": service('    restart = "on_failrue"\n' + RUNS),
    "timer": service('    type = "schedule.service"\n    schedule = {"start_in": "soon"}\n' + RUNS),
    "disk": service(
        """
    type = "core.service"

    @aioctl.aiotask
    async def task(self):
        raise OSError(30)
"""
    ),
    "mounted": service('    type = "core.service"\n    require = "disk"\n' + RUNS),
}

# what it is: what a line says of it
FAULTS = {
    "a child fails": r"child\.service.* kid failed: Error: ValueError: no sensor at 0x76|\[child\.service\.kid\] ValueError: no sensor",
    "a task hangs": r"hangs\.service did not call feed\(\) within 50 ms",
    "where it hangs": r"hangs.*it waited at \S+hangs_service\.py:\d+",
    "a service is not ready in time": r"late\.service did not call ready\(\) within 50 ms",
    "the loop is blocked": r"blocks\.service held the loop for \d+ ms",
    "a start limit is hit": r"limit\.service hit its start limit: 2 runs",
    "a key is misspelt": r"services\.config: keyed: unknown key \"wathcdog_ms\".*watchdog_ms",
    "an attribute is misspelt": r"slipped.*\"wathcdog_ms\".*watchdog_ms",
    "a service of services.config is not there": r"kyed\.service not found",
    "an argument is missing": r"argument.*TypeError: .*argument",
    "a variable is undefined": r"services\.config: variable.*\$\{PORT\}",
    "services name each other in a circle": r"circle1.*dependency cycle: circle1 -> circle2 -> circle1",
    "a requirement is not there": r"lonely.*requirement \"netwrok\" not found",
    "a module is not there": r"imports_service\.py.*ImportError: no module named 'bme280'",
    "a file is broken": r"syntax_service\.py.*SyntaxError",
    "a file holds no service": r"empty_service\.py has no `service`",
    "a cancel is swallowed": r"swallows\.service is stuck: it was told to stop 50 ms ago",
    "a port is in use": r"port\.service.*OSError: .*EADDRINUSE",
    "a service fails": r"network\.service.*OSError: .*EHOSTUNREACH",
    "what it requires has failed": r"web\.service.*dependency failed: network",
    "a policy is misspelt": r"policy.*restart='on_failrue': expected \"never\"",
    "a schedule is wrong": r"timer.*start_in.*soon",
    "a core service fails": r"disk\.service.*OSError: .*30",
    "what boot requires has failed": r"mounted.*dependency failed: disk",
    "a raw task fails": r"KeyError: .*nobody awaits this",
}

CONFIG = {
    "keyed": {"enabled": True, "wathcdog_ms": 100},
    "kyed": {"enabled": True},
    "variable": {"enabled": True, "args": ["${PORT}"]},
}


class Product(session.FolderTest):
    def run_product(self, config):
        with open(PRODUCT) as file:
            self.write("main.py", file.read())
        for name, source in SERVICES.items():
            self.write(
                f"{session.SERVICES}/{name}_service.py",
                source.replace("NAME", name).replace("PORT)", f"{self.free_port()})"),
            )
        self.write("services.config", config)
        return self.run_again()

    def run_again(self):
        status, stdout, _ = self.run_program(command=[session.AIOSERVICE, "main.py"])
        self.assertEqual(status, 0, stdout)
        lines, rest = stdout.split("--- log\n")
        log, events = rest.split("--- events\n")
        texts = [json.loads(line)["text"] for line in events.splitlines()]
        return {"stdout": lines.splitlines(), "log": log.splitlines(), "events": texts}

    @staticmethod
    def free_port():
        import socket

        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            return s.getsockname()[1]

    def assert_told(self, told, fault, pattern):
        for where, lines in told.items():
            with self.subTest(fault=fault, where=where):
                self.assertTrue(any(re.search(pattern, line) for line in lines), "\n".join(lines))

    def test_each_fault_is_told_in_stdout_log_and_events(self):
        told = self.run_product(json.dumps(CONFIG))
        for fault, pattern in FAULTS.items():
            self.assert_told(told, fault, pattern)

    def test_a_broken_services_config_is_told(self):
        told = self.run_product('{"keyed": {"enabled": tru}}')
        self.assert_told(told, "services.config is broken", r"services\.config: line 1: expected .*services\.config\.bad")
        # It is told at the next start, too: until there is a good one.
        self.assert_told(self.run_again(), "services.config was broken", r"services\.config.*services\.config\.bad")


if __name__ == "__main__":
    unittest.main()
