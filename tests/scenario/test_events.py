"""docs/reference/events.md is what the code has, and what happens."""

import glob
import json
import re
import unittest

from session import TOP, FolderTest, simple_service
from test_docs import read

PAGE = "docs/reference/events.md"
EVENT_H = "aioservice/bind/base/event.h"

ALWAYS = {"n", "time", "uptime_ms", "service", "kind", "text"}
LOOKS = {"state", "why", "wanted", "limit_hit", "restarts"}

# Writes down each event as it comes. Makes all kinds happen that a program can make happen.
PROGRAM = """
import aioctl, aiolog, aioschedule, aioservice, asyncio, json, time

out = open("events.txt", "w")
looks = {}

def see(event):
    out.write(json.dumps(event) + "\\n")
    out.flush()
    if "state" in event:
        which = event["service"], event.get("child"), event.get("instance")
        looks[which] = event["state"]
        if event["state"] == "unloaded":
            del looks[which]

def compare(where):
    states = {}
    for name, task in aioctl.group().tasks.items():
        if ".service" in name:
            service, _, rest = name.partition(".service")
            child = rest[1:] if rest[:1] == "." else None
            states[service, child, name if rest[:1] == "@" else None] = task.state
    # One that could not be loaded is inactive, and has no task.
    seen = {which: state for which, state in looks.items() if which in states or state != "inactive"}
    assert seen == states, (where, seen, states)

async def raises():
    raise OSError("nobody awaits it")

async def ends():
    raise KeyboardInterrupt

async def main():
    aioservice.on_event(see)
    await aioservice.boot()
    aioservice.load("nope")
    aioservice.load("broken")
    aioservice.load("works", config=True)
    aioservice.load("works")
    aioservice.load("returns")
    aioservice.load("fails")
    aioservice.load("late")
    aioservice.load("hangs")
    aioservice.load("user")
    aioservice.load("slow")
    aioservice.load("stubborn")
    aioservice.load("timed", config=True)
    aioctl.add(aioschedule.schedule_loop)
    compare("loaded")
    await asyncio.sleep_ms(100)
    compare("ran")
    aioservice.service("works").child()
    aioctl.stop("stubborn.service")
    await asyncio.sleep_ms(1300)
    compare("failed")
    aioservice.service("stubborn").on = False
    aioservice.reset_failed("fails")
    await asyncio.sleep_ms(50)
    compare("reset")
    aioservice.safe_mode(True)
    await asyncio.sleep_ms(50)
    compare("safe")
    aioservice.safe_mode(False)
    aioservice.enable("works")
    aioservice.disable("works")
    aioservice.config("works", True, speed=3)
    aioservice.unload("returns")
    asyncio.create_task(raises())
    await asyncio.sleep_ms(300)
    compare("end")
    open("services.config", "w").write("{")
    aioservice.init(debug=False)
    aioctl.add(ends)
    await asyncio.sleep(10)

try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
print(len(aioservice.events()), len(aioservice.events(3)))
"""

FAILS = "await asyncio.sleep_ms(1); raise OSError('no answer')"
SERVICES = {
    "first": simple_service("first", "return 'first'", kind="core"),
    "broken": "1 / 0",
    "works": simple_service(
        "works",
        more="""
    def child(self):
        self.add_ctask(aioctl, self.kid, "kid")

    @aioctl.aiotask
    async def kid(self):
        raise ValueError("a child's")
""",
    ),
    "returns": simple_service("returns", "return 1"),
    "fails": simple_service("fails", FAILS, "self.restart = {'delay_ms': 1, 'burst': 2, 'then': print}"),
    "late": simple_service("late", init="self.ready_ms = 20"),
    "hangs": simple_service("hangs", init="self.watchdog_ms = 20"),
    "user": simple_service("user", init="self.require = 'gone'"),
    "slow": simple_service("slow", "import time; time.sleep(0.05)", "self.slow_step_ms = 10"),
    "stubborn": simple_service(
        "stubborn",
        """
        while self.on:
            try:
                await asyncio.sleep_ms(10)
            except asyncio.CancelledError:
                pass""",
        "self.on = True; self.stop_ms = 20",
    ),
    "timed": simple_service("timed", init="self.schedule = {'start_in': 0, 'repeat': 1}"),
}


def kinds_of_code():
    """{kind: level} of the table in event.h, and {kind: its name in C}."""
    rows = re.findall(r"KIND\((\w+), (\w+), ASVC_(\w+)\)", read(EVENT_H))
    return {kind: level for _, kind, level in rows}, {kind: name for name, kind, _ in rows}


def kinds_of_page():
    """{kind: (level, further keys)}"""
    found = {}
    for kind, level, keys in re.findall(r"^\| `(\w+)` \| [^|]+ \| ([A-Z]+) \| ([^|]*) ?\|$", read(PAGE), re.M):
        further = set(re.findall(r"`(\w+)`", keys)) | (LOOKS if "looks" in keys else set())
        found[kind] = level, further
    return found


def kinds_that_are_put():
    """Those that some file makes; the others are known by name only."""
    sources = "".join(
        read(file)
        for file in glob.glob(f"{TOP}/aioservice/bind/**/*.c", recursive=True)
        if not file.endswith(("/event_text.c", "/look/events.c"))
    )
    return {kind for kind, name in kinds_of_code()[1].items() if re.search(rf"\bASVC_EVENT_{name}\b", sources)}


class Page(FolderTest):
    def test_it_has_the_kinds_and_levels_of_the_code(self):
        levels, _ = kinds_of_code()
        self.assertGreater(len(levels), 30)
        self.assertEqual({kind: level for kind, (level, _) in kinds_of_page().items()}, levels)

    def test_each_event_has_the_keys_that_the_page_says(self):
        for name, source in SERVICES.items():
            self.write_service(name, source)
        self.write("services.config", {"works": {"enabled": True, "tpyo": 1}})
        self.write("program.py", PROGRAM)
        status, stdout, stderr = self.run_program("program.py")
        self.assertEqual((status, stdout.splitlines()[-1]), (0, "32 3"), stdout + stderr)
        events = [json.loads(line) for line in self.read("events.txt").splitlines()]
        self.assertEqual([event["n"] for event in events], list(range(1, len(events) + 1)))
        page = kinds_of_page()
        seen = {}
        for event in events:
            further = page[event["kind"]][1]
            with self.subTest(event=event):
                self.assertLessEqual(ALWAYS, event.keys())
                self.assertLessEqual(event.keys(), ALWAYS | further)
                seen.setdefault(event["kind"], set()).update(event.keys() - ALWAYS)
                if "state" in event:
                    self.assertLessEqual(LOOKS, event.keys())
        self.assertEqual(kinds_that_are_put() - seen.keys(), set())
        for kind, keys in seen.items():
            with self.subTest(kind=kind):  # `child` and `instance` are there where it is about one
                self.assertEqual(keys | {"child", "instance"}, page[kind][1] | {"child", "instance"})


if __name__ == "__main__":
    unittest.main()
