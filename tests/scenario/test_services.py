"""Whole programs with services of every kind, in folders and on disks of every kind."""

import json
import os
import signal
import subprocess
import time
import unittest
from pathlib import Path

from session import AIOSERVICE, SERVICES, TIMEOUT_S, FolderTest, simple_service

# A build with all memory accesses checked, if there is one.
SANITIZED = os.environ.get("AIOSERVICE_ASAN", "")
FROZEN = os.environ.get("FROZEN")  # a build with MANIFEST=examples/frozen/manifest.py

# Starts everything, lets it run, stops everything.
RUN_AND_STOP = """
import asyncio, aioctl, aioservice

async def main():
    await aioservice.boot(debug=False)
    aioservice.init()
    await asyncio.sleep_ms(50)
    aioctl.stop()
    for task in aioctl.tasks():
        await task

asyncio.run(main())
print("program ended")
"""


def loaded(name, ending="py"):
    return f"[ OK ] Service: {name}.service from ./{SERVICES}/{name}_service.{ending} loaded"


def in_namespace(script):
    """The command that runs a shell script which may mount, unseen by all others; None if none may."""
    for unshare in ["unshare", "-m"], ["unshare", "-rm"]:
        trial = subprocess.run(
            unshare + ["sh", "-c", "mount -t tmpfs none /mnt"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if trial.returncode == 0:
            return unshare + ["sh", "-ec", script]
    return None


class Kinds(FolderTest):
    def test_source(self):
        self.write_service("plain", simple_service("plain"))
        self.assertEqual(self.output_of(RUN_AND_STOP), [loaded("plain"), "program ended"])

    def test_bytecode(self):
        self.write("plain.py", simple_service("plain"))
        self.compile_service("plain", self.path("plain.py"))
        self.assertEqual(self.output_of(RUN_AND_STOP), [loaded("plain", "mpy"), "program ended"])

    def test_both_of_one_name_are_one_service(self):
        self.write_service("plain", simple_service("plain"))
        self.compile_service("plain", self.path(f"{SERVICES}/plain_service.py"))
        lines = self.output_of(RUN_AND_STOP)
        self.assertEqual(len(lines), 2, lines)
        self.assertIn(lines[0], (loaded("plain"), loaded("plain", "mpy")))

    def test_bytecode_of_another_version_is_a_failed_service(self):
        self.write(f"{SERVICES}/old_service.mpy", b"M\x01\x00\x1f")
        self.write_service("plain", simple_service("plain"))
        lines = self.output_of(RUN_AND_STOP)
        why = r"Error: ValueError: incompatible \.mpy file"
        self.assertRegex(lines[0], rf"^\[ ERROR \] Service: old\.service from \S+ not loaded: {why}$")
        self.assertEqual(lines[1:], [loaded("plain"), "program ended"])

    def test_a_folder_without_services(self):
        self.write(f"{SERVICES}/README", "nothing here")
        self.assertEqual(self.output_of(RUN_AND_STOP), ["program ended"])

    def test_no_folder(self):
        self.assertEqual(self.output_of(RUN_AND_STOP), ["program ended"])

    def test_other_files_are_no_services(self):
        self.write_service("plain", simple_service("plain"))
        others = "_service.py", "plain_service.py~", "plain_service.txt", "helper.py", ".hidden_service.py", "service.py"
        for name in others:
            self.write(f"{SERVICES}/{name}", "raise Exception('imported')")
        os.mkdir(self.path(f"{SERVICES}/folder_service.py"))
        lines = self.output_of(RUN_AND_STOP)
        self.assertIn(loaded("plain"), lines)
        self.assertNotIn("imported", "".join(lines))
        self.assertEqual(lines[-1], "program ended")

    def test_the_init_file_of_asyncmd_is_not_run(self):
        # asyncmd's package imports all services by itself when it is imported.
        self.write(
            f"{SERVICES}/__init__.py",
            """
import os
print("__init__ imports", __name__)
for file in os.listdir("aioservices/services"):
    if file.endswith("_service.py"):
        __import__("aioservices.services." + file[:-3])
""",
        )
        self.write("aioservices/__init__.py", "print('outer __init__ runs')")
        self.write_service("plain", "print('imported')\n" + simple_service("plain"))
        self.assertEqual(self.output_of(RUN_AND_STOP), ["imported", loaded("plain"), "program ended"])

    def test_collecting_garbage_at_every_allocation(self):
        for i in range(40):
            kind = "core" if i < 10 else "runtime"
            step = "await asyncio.sleep_ms(1)" if i < 10 else "await asyncio.sleep(1000)"
            self.write_service(f"s{i:02}", simple_service(f"s{i:02}", step=step, kind=kind))
        self.write("program.py", "import gc\ngc.threshold(1)\n" + RUN_AND_STOP)
        for program in filter(os.path.exists, (AIOSERVICE, SANITIZED)):
            with self.subTest(program=program):
                options = {"ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0"}
                status, stdout, stderr = self.run_program(command=[program, "program.py"], **options)
                self.assertEqual((status, stderr), (0, ""))
                self.assertEqual(stdout.splitlines(), [loaded(f"s{i:02}") for i in range(10, 40)] + ["program ended"])

    def test_names_that_other_modules_have(self):
        for name in "json", "asyncio", "aioctl":
            self.write_service(name, simple_service(name))
        lines = self.output_of("import json\n" + RUN_AND_STOP + "print(json.dumps(1))\n")
        self.assertEqual(lines, [loaded(name) for name in ("aioctl", "asyncio", "json")] + ["program ended", "1"])


@unittest.skipUnless(FROZEN, "FROZEN is not set: the path of a build with MANIFEST=examples/frozen/manifest.py")
class Frozen(FolderTest):
    def run_frozen(self, program):
        self.write("program.py", program)
        status, stdout, stderr = self.run_program(command=[FROZEN, "program.py"])
        self.assertEqual((status, stderr), (0, ""), stdout)
        return stdout.split("\n")[:-1]

    def test_without_any_file(self):
        lines = self.run_frozen(RUN_AND_STOP)
        self.assertRegex(lines[0], r"^\[ OK \] Service: frosty\.service from \S+ loaded$")
        self.assertEqual(lines[1:], ["program ended"])

    def test_beside_files(self):
        self.write_service("plain", simple_service("plain"))
        lines = self.run_frozen(RUN_AND_STOP)
        self.assertEqual(len(lines), 3, lines)
        self.assertIn(loaded("plain"), lines)

    def test_configured_by_a_file(self):
        self.write("services.config", {"frosty": {"enabled": False}})
        self.assertEqual(self.run_frozen(RUN_AND_STOP), ["program ended"])

    def test_unloaded_and_loaded_again(self):
        lines = self.run_frozen(
            "import aioservice\n"
            'print(aioservice.load("frosty"), aioservice.unload("frosty"))\n'
            'print(aioservice.load("frosty"))\n'
            'print(type(aioservice.service("frosty").least_free))\n'
        )
        self.assertEqual(lines[1::2], ["True True", "True"])
        self.assertEqual(lines[-1], "<class 'NoneType'>")


class FilesThatChange(FolderTest):
    def test_gone_between_list_and_load(self):
        self.write_service("gone", simple_service("gone"))
        self.write_service("stays", simple_service("stays"))
        lines = self.output_of(
            """
import aioservice, os
aioservice.list()
os.remove("aioservices/services/gone_service.py")
print(aioservice.load("gone"), aioservice.load("stays"))
print(aioservice.unload("gone"), aioservice.load("gone"))
print(aioservice.load("stays"))
"""
        )
        # Imported already, it can be loaded; forgotten, it is gone.
        self.assertEqual(lines[2:4], [loaded("gone"), loaded("stays")])
        self.assertEqual(lines[4:7], ["True True", "[ ERROR ] Service: gone.service not found", "True False"])
        self.assertEqual(lines[7:], [loaded("stays") + " as stays.service@1, beside the one that runs", "True"])

    def test_gone_before_it_is_loaded_the_first_time(self):
        self.write_service("late", simple_service("late"))
        self.write("services.config", {"late": {"enabled": False}})
        lines = self.output_of(
            """
import aioservice, os
aioservice.list()
os.remove("aioservices/services/late_service.py")
print(aioservice.load("late"))
"""
        )
        self.assertEqual(lines, ["[ ERROR ] Service: late.service not found", "False"])

    def test_removes_another_while_it_is_imported(self):
        self.write_service("a", "import os\nos.remove('aioservices/services/b_service.py')\n" + simple_service("a"))
        self.write_service("b", simple_service("b"))
        self.write_service("c", simple_service("c"))
        lines = self.output_of(RUN_AND_STOP)
        self.assertIn(loaded("a"), lines)
        self.assertIn(loaded("c"), lines)
        self.assertEqual(lines[-1], "program ended")

    def test_replaced_between_unload_and_load(self):
        self.write_service("new", simple_service("new", init="self.version = 1"))
        self.write("other.py", simple_service("new", init="self.version = 2"))
        lines = self.output_of(
            """
import aioservice, os
aioservice.load("new")
print(aioservice.service("new").version)
aioservice.unload("new")
os.rename("other.py", "aioservices/services/new_service.py")
aioservice.load("new")
print(aioservice.service("new").version)
"""
        )
        self.assertEqual(lines, [loaded("new"), "1", loaded("new"), "2"])


class Disks(FolderTest):
    CONFIGURE = """
import aioservice
aioservice.list()
print(aioservice.config("plain", False, 1, 2))
print(aioservice.get_config("plain"))
"""

    def setUp(self):
        super().setUp()
        self.write_service("plain", simple_service("plain"))
        self.write("services.config", {"plain": {"enabled": True, "args": [7]}})

    def run_on(self, script):
        command = in_namespace(script)
        if command is None:
            self.skipTest("nobody may mount here")
        self.write("program.py", self.CONFIGURE)
        status, stdout, stderr = self.run_program(command=[*command, AIOSERVICE, self.folder])
        self.assertEqual((status, stderr), (0, ""), stdout)
        return stdout.splitlines()

    def assert_refused(self, lines, why):
        self.assertEqual(lines[0], f"Service: plain.service from ./{SERVICES}/plain_service.py")
        self.assertRegex(lines[1], rf"^\[ ERROR \] services\.config: .*{why}")
        self.assertEqual(lines[2:], ["False", "{'enabled': True, 'args': [7]}"])

    def test_read_only(self):
        lines = self.run_on(
            'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1" "$1"; cd "$1"; "$0" program.py'
        )
        self.assert_refused(lines, "(?i:read-only)")
        self.assertEqual(sorted(os.listdir(self.folder)), ["aioservices", "program.py", "services.config"])

    def test_full(self):
        lines = self.run_on(
            """
            mount -t tmpfs -o size=64k none /mnt
            cp -r "$1"/* /mnt; cd /mnt
            cat /dev/zero > filler 2> /dev/null || true
            "$0" program.py
            rm filler
            ls; cat services.config
            """
        )
        self.assert_refused(lines[:4], "(?i:space|full|28)")
        self.assertEqual(lines[4:-1], ["aioservices", "program.py", "services.config"])
        self.assertEqual(json.loads(lines[-1]), {"plain": {"enabled": True, "args": [7]}})

    def test_room_again(self):
        self.CONFIGURE = (
            self.CONFIGURE + "import os\nos.remove('filler')\nprint(aioservice.config('plain', False, 1, 2))\n"
            "print(aioservice.get_config('plain'))\n"
        )
        lines = self.run_on(
            """
            mount -t tmpfs -o size=64k none /mnt
            cp -r "$1"/* /mnt; cd /mnt
            cat /dev/zero > filler 2> /dev/null || true
            "$0" program.py
            """
        )
        self.assertEqual(lines[4:], ["True", "{'enabled': False, 'args': [1, 2]}"])


class Configurations(FolderTest):
    PRINT = 'import aioservice\nprint(aioservice.get_config("plain"))\n'

    def test_windows_line_ends_and_byte_order_mark(self):
        self.write_service("plain", simple_service("plain"))
        text = '{\n  "plain": {\n    "enabled": true,\n    "args": [3, 2]\n  }\n}\n'
        for what, content in (
            ("line ends", text.replace("\n", "\r\n").encode()),
            ("mark", b"\xef\xbb\xbf" + text.encode()),
            ("both", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()),
        ):
            with self.subTest(what):
                self.write("services.config", content)
                self.assertEqual(self.output_of(self.PRINT), ["{'enabled': True, 'args': [3, 2]}"])

    def test_names_and_texts_of_all_languages(self):
        name, text = "größe", "Grüße, 世界 😀 \u2028"
        source = simple_service("x", step='print(*args, kwargs["k"], kwargs["ключ"])')
        self.write_service(name, source.replace('("x")', f'("{name}")'))
        config = {name: {"enabled": True, "args": [text], "kwargs": {"k": text}}}
        self.write("services.config", json.dumps(config, ensure_ascii=False))
        lines = self.output_of(
            f"""
import aioservice
print(aioservice.get_config("{name}")["args"][0] == "Grüße, 世界 😀 \\u2028")
print(aioservice.config("{name}", True, "ß", ключ="значение"))
"""
            + RUN_AND_STOP
        )
        self.assertEqual(lines[:2], ["True", "True"])
        self.assertEqual(lines[2], loaded(name))
        self.assertEqual(lines[3], f"ß {text} значение")
        stored = json.loads(self.read("services.config"))[name]
        self.assertEqual((stored["args"], stored["kwargs"]), (["ß"], {"k": text, "ключ": "значение"}))

    def test_characters_as_json_escapes_them(self):
        # As every other program's JSON has them: the last one is two escapes.
        self.write("services.config", json.dumps({"plain": {"enabled": True, "args": ["ß世😀"]}}))
        lines = self.output_of(
            'import aioservice\nprint(aioservice.get_config("plain")["args"][0])\nprint(aioservice.enable("plain"))\n'
        )
        self.assertEqual([lines[0], lines[-1]], ["ß世😀", "True"])
        self.assertEqual(json.loads(self.read("services.config"))["plain"]["args"], ["ß世😀"])

    def test_a_thousand_services_configured(self):
        self.write_service("plain", simple_service("plain"))
        config = {}
        for i in range(1000):
            config[f"service{i:04}"] = {"enabled": False, "args": [i], "kwargs": {"text": "x" * 50}}
        config["plain"] = {"enabled": True, "args": [3, 2]}
        self.write("services.config", config)
        start = time.monotonic()
        lines = self.output_of(
            self.PRINT + 'print(aioservice.enable("service0999"), len(aioservice.get_config()))\n' + RUN_AND_STOP,
            heap="4M",  # the collector takes what lies on the stack for references: some copies may live on
        )
        self.assertEqual(
            lines,
            [
                "{'enabled': True, 'args': [3, 2]}",
                "[ -- ] Service: service0999.service not found; stored for when it is there",
                "True 1001",
                '[aioservice] services.config: there is no service "service0999"',
                loaded("plain"),
                "[ ERROR ] Service: service0999.service not found, which services.config enables",
                "program ended",
            ],
        )
        config["service0999"]["enabled"] = True
        stored = json.loads(self.read("services.config"))
        self.assertEqual(list(stored.items()), list(config.items()))
        self.assertLess(time.monotonic() - start, 10)

    def test_three_hundred_services(self):
        for i in range(300):
            self.write_service(f"s{i:03}", simple_service(f"s{i:03}"))
        start = time.monotonic()
        # Last of the configuration first: its order counts, and where it is silent, the name.
        self.write("services.config", {f"s{i:03}": {"enabled": i != 7} for i in reversed(range(200))})
        expected = [loaded(f"s{i:03}") for i in [*reversed(range(200)), *range(200, 300)] if i != 7]
        self.assertEqual(self.output_of(RUN_AND_STOP), expected + ["program ended"])
        self.assertLess(time.monotonic() - start, 10)

    # A child that is killed at any moment; the next one has to find all that was acknowledged before.
    KILLED = """
import aioservice
i = START
while True:
    i += 1
    if not aioservice.config("plain", i % 2 == 0, i, text="x" * (i % 700)):
        raise SystemExit(1)
    print(i)
"""

    def test_killed_while_it_writes(self):
        self.write_service("plain", simple_service("plain"))
        done = 0
        for turn in range(50):
            self.write("writer.py", self.KILLED.replace("START", str(done)))
            writer = subprocess.Popen([AIOSERVICE, "writer.py"], cwd=self.folder, stdout=subprocess.PIPE)
            try:
                writer.stdout.readline()  # it writes now
                time.sleep(0.0007 * turn)
            finally:
                writer.send_signal(signal.SIGKILL)
                written = writer.stdout.read().split(b"\n")[:-1]
                writer.stdout.close()
                writer.wait()
            acknowledged = int(written[-1]) if written else done + 1
            lines = self.output_of(
                'import aioservice\nc = aioservice.get_config("plain")\n'
                'print(c["args"][0], c["enabled"], len(c["kwargs"]["text"]))\n'
            )
            self.assertEqual(len(lines), 1, lines)  # nothing was reported as broken
            i, enabled, length = lines[0].split()
            self.assertIn(int(i), (acknowledged, acknowledged + 1))
            self.assertEqual((enabled, int(length)), (str(int(i) % 2 == 0), int(i) % 700))
            done = int(i)
        self.assertEqual(
            set(os.listdir(self.folder)) - {"services.config.bak", "services.config.new"},
            {"aioservices", "program.py", "services.config", "writer.py"},
        )


class Signals(FolderTest):
    def interrupt(self, program, at_rest=False):
        """Runs the program up to its first line, or on until it waits, and sends it SIGINT; answers status, stdout,
        stderr.
        """
        self.write("program.py", program)
        process = subprocess.Popen(
            [AIOSERVICE, "program.py"], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            process.stdout.readline()
            while at_rest and Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] != "S":
                pass
            process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate(timeout=TIMEOUT_S)
        finally:
            process.kill()
            process.wait()
        return process.returncode, stdout, stderr

    IDLE = """
import asyncio, aioservice

async def main():
    aioservice.init()
    await asyncio.sleep(1000)

asyncio.run(main())
"""

    def assert_interrupted(self, ending):
        status, stdout, stderr = ending
        self.assertEqual(status, 1, stdout + stderr)
        self.assertIn("Traceback (most recent call last):\n", stdout + stderr)
        self.assertTrue((stdout + stderr).endswith("KeyboardInterrupt: \n"), stdout + stderr)

    def test_interrupt_while_all_wait(self):
        self.write_service("plain", simple_service("plain"))
        self.assert_interrupted(self.interrupt(self.IDLE))

    def test_interrupt_while_all_wait_ends_services_first(self):
        hook = "    def on_stop(self, *args, **kwargs):\n        print('motor off')\n"
        self.write_service("motor", simple_service("motor", more=hook))
        ending = self.interrupt(self.IDLE, at_rest=True)
        self.assert_interrupted(ending)
        self.assertEqual(ending[1].splitlines()[0], "motor off")

    def test_interrupt_in_a_service(self):
        step = "await asyncio.sleep(0)\n        while True: pass"
        self.write_service("busy", simple_service("busy", step=step))
        self.assert_interrupted(self.interrupt(self.IDLE))

    def test_interrupt_in_an_import(self):
        self.write_service("busy", "print('importing')\nwhile True: pass\n")
        self.assert_interrupted(self.interrupt(self.IDLE))

    def test_the_loop_can_be_run_again(self):
        self.write_service("plain", simple_service("plain"))
        program = self.IDLE.replace("asyncio.run(main())\n", "") + (
            "try:\n    asyncio.run(main())\nexcept KeyboardInterrupt:\n    print('interrupted')\n"
            "asyncio.new_event_loop()\nasync def other():\n    return aioservice.status('plain')\n"
            "asyncio.run(other())\nprint('end')\n"
        )
        status, stdout, stderr = self.interrupt(program)
        self.assertEqual((status, stderr), (0, ""))
        self.assertEqual(stdout.splitlines(), ["interrupted", loaded("plain"), "end"])


if __name__ == "__main__":
    unittest.main()
