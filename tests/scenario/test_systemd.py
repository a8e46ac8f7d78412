"""examples/systemd tells systemd what it should, with a socket of ours in systemd's place."""

import os
import shutil
import signal
import socket
import subprocess
import unittest

from session import AIOSERVICE, TIMEOUT_S, TOP, FolderTest, simple_service

EXAMPLE = f"{TOP}/examples/systemd"
WATCHDOG_MS = 600  # WATCHDOG=1 comes every third of it
SILENCE_S = 5 * WATCHDOG_MS / 1000  # when nothing came for so long, nothing will

# What services do; a file "go" tells them to begin with their mistake.
READY_ON_GO = """
        while "go" not in os.listdir():
            await asyncio.sleep_ms(20)
        self.ready()
        await asyncio.sleep(1000)
"""
HANGS = """
        while "go" not in os.listdir():
            self.feed()
            await asyncio.sleep_ms(20)
        await asyncio.sleep(1000)
"""
STUCK = """
        while "go" not in os.listdir():
            self.feed()
            await asyncio.sleep_ms(20)
        while True:
            try:
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                pass
"""
GREEDY = """
        while "go" not in os.listdir():
            await asyncio.sleep_ms(20)
        while True:
            pass
"""


class Systemd(FolderTest):
    def setUp(self):
        super().setUp()
        shutil.copytree(EXAMPLE, self.folder, dirs_exist_ok=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.socket.close)
        self.socket.settimeout(TIMEOUT_S)

    def start_unit(self, address=None, **variables):
        """Starts the program as systemd would."""
        address = address or self.path("notify")
        self.socket.bind(address.replace("@", "\0", 1) if address.startswith("@") else address)
        unit = subprocess.Popen(
            [AIOSERVICE, "main.py"],
            cwd=self.folder,
            env=self.environment(NOTIFY_SOCKET=address, **variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.addCleanup(unit.stdout.close)
        self.addCleanup(unit.wait)
        self.addCleanup(unit.kill)
        return unit

    def start_watched(self):
        unit = self.start_unit(WATCHDOG_USEC=str(WATCHDOG_MS * 1000))
        self.assertEqual(self.receive(), "READY=1")
        return unit

    def receive(self):
        return self.socket.recv(1000).decode()

    def assert_silence(self):
        """What is on its way still comes, then nothing any more."""
        self.socket.settimeout(SILENCE_S)
        for _ in range(20):
            try:
                self.assertEqual(self.receive(), "WATCHDOG=1")
            except socket.timeout:
                return
        self.fail("it goes on")

    def add_service(self, name, steps, init="pass"):
        self.write_service(name, "import os\n" + simple_service(name, steps.strip(), init))

    def test_ready_is_told_once_services_are_up(self):
        self.add_service("meter", READY_ON_GO, "self.ready_ms = 20000")
        self.start_unit()
        self.socket.settimeout(0.5)
        with self.assertRaises(socket.timeout):
            self.receive()
        self.write("go", "")
        self.socket.settimeout(TIMEOUT_S)
        self.assertEqual(self.receive(), "READY=1")

    def test_without_a_watchdog_nothing_more_is_told(self):
        self.start_unit()
        self.assertEqual(self.receive(), "READY=1")
        self.socket.settimeout(0.5)
        with self.assertRaises(socket.timeout):
            self.receive()

    def test_a_socket_that_is_no_file(self):
        self.start_unit(f"@aioservice-test-{os.getpid()}")
        self.assertEqual(self.receive(), "READY=1")

    def test_the_watchdog_is_fed_again_and_again(self):
        self.start_watched()
        for _ in range(5):
            self.assertEqual(self.receive(), "WATCHDOG=1")

    def test_it_is_not_fed_any_more_when_a_service_hangs(self):
        self.add_service("modem", HANGS, "self.watchdog_ms = 300")
        self.start_watched()
        self.assertEqual(self.receive(), "WATCHDOG=1")
        self.write("go", "")
        self.assert_silence()

    def test_it_is_not_fed_any_more_when_a_service_is_stuck(self):
        self.add_service("modem", STUCK, "self.watchdog_ms = 300; self.stop_ms = 100; self.restart = True")
        self.start_watched()
        self.assertEqual(self.receive(), "WATCHDOG=1")
        self.write("go", "")
        self.assert_silence()

    def test_it_is_fed_on_while_a_service_is_restarted(self):
        restart = "self.restart = {'delay_ms': 20, 'burst': 200, 'factor': 1}"
        self.add_service("modem", "await asyncio.sleep(1000)", f"self.watchdog_ms = 100; {restart}")
        unit = self.start_watched()
        for _ in range(10):
            self.assertEqual(self.receive(), "WATCHDOG=1")
        self.assertIsNone(unit.poll())

    def test_it_is_not_fed_while_a_task_keeps_the_loop_to_itself(self):
        self.add_service("greedy", GREEDY)
        self.start_watched()
        self.assertEqual(self.receive(), "WATCHDOG=1")
        self.write("go", "")
        self.assert_silence()

    def test_services_are_stopped_when_systemd_says_so(self):
        unit = self.start_watched()
        unit.send_signal(signal.SIGINT)
        output, _ = unit.communicate(timeout=TIMEOUT_S)
        self.assertEqual((unit.returncode, output.splitlines()[-1]), (0, "meter is off"))

    def test_the_unit_starts_this_program(self):
        unit = self.read("meter.service")
        for line in "Type=notify", "KillSignal=SIGINT", "ExecStart=/opt/meter/aioservice main.py":
            self.assertIn(line + "\n", unit)
        self.assertRegex(unit, r"(?m)^WatchdogSec=\d+$")


if __name__ == "__main__":
    unittest.main()
