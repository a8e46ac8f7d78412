# The delay before a restart grows from one short run to the next up to its largest, and begins anew after a
# healthy run; while it waits the service says so, and how its last run ended.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service

# How long the runs last; what is last here goes on.
lengths = {
    "defaults": [1],
    "capped": [1],
    "half": [1],
    "constant": [1],
    "at_once": [1],
    "healthy": [1, 1, 99, 1000, 1, 100, 1],
}


def fails(name, restart):
    body = """
    restart = %s
    @aioctl.aiotask
    async def task(self):
        await test.run(self.name)
"""
    service(name, body % restart)


starts, delays = {}, {}
last_end = {}


async def run(name):
    if name in last_end:
        delays.setdefault(name, []).append(now() - last_end[name])
    runs = starts[name] = starts.get(name, 0) + 1
    await asyncio.sleep_ms(lengths[name][min(runs, len(lengths[name])) - 1])
    last_end[name] = now()
    raise ValueError(name)


fails("defaults", {"burst": 12})
fails("capped", {"delay_ms": 30, "delay_max_ms": 100, "factor": 3, "burst": 6})
fails("half", {"delay_ms": 100, "factor": 1.5, "burst": 5})
fails("constant", {"delay_ms": 70, "factor": 1, "burst": 4})
fails("at_once", {"delay_ms": 0, "burst": 4})
fails("healthy", {"delay_ms": 10, "burst": 4, "healthy_ms": 100})


async def main():
    sys.modules["time"] = Clock()
    print(aioservice.load("defaults"))
    await asyncio.sleep_ms(0)
    aioctl.status("defaults.service")
    await asyncio.sleep_ms(2)
    # how the last run ended, and when the next begins
    aioctl.status("defaults.service")
    aioservice.status("defaults")
    print(aioctl.group().tasks["defaults.service"].state, repr(aioctl.result("defaults.service")))
    await asyncio.sleep_ms(150)
    aioctl.status("defaults.service")
    await asyncio.sleep_ms(150)
    aioctl.status("defaults.service")
    await asyncio.sleep(200)
    for name in sorted(lengths):
        if name != "defaults":
            aioservice.load(name)
            await asyncio.sleep(20)
    for name in sorted(lengths):
        print(name, delays[name])


asyncio.run(main())
