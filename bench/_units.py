# Services in great numbers: each rests until it is stopped. Their files say only what they are called and whom
# they require, so that a thousand are soon imported.
import asyncio

import aioctl
from aioclass import Service


class Seen:
    up = 0  # first steps
    down = 0  # ends
    failed = 0


seen = Seen()


# Each rests on an event of its own: what sleeps lies in one queue with all others, and asyncio looks through that
# for each task that is cancelled.
async def body(self, log=None):
    seen.up += 1
    try:
        await self.rest.wait()
    finally:
        seen.down += 1


class Unit(Service):
    enabled = True
    stop_ms = 3600000  # no deadline comes true in a run that takes long

    def __init__(self, name, require=None):
        super().__init__(name)
        self.rest = asyncio.Event()
        if require:
            self.require = require

    task = aioctl.aiotask(body)


# Fails whenever fail() was called.
class Failing(Unit):
    restart = {"policy": "on_failure", "delay_ms": 0, "factor": 1, "burst": 255}

    def fail(self):
        self.rest.set()

    @aioctl.aiotask
    async def task(self, log=None):
        seen.up += 1
        await self.rest.wait()
        self.rest.clear()
        seen.failed += 1
        raise ValueError("as it was told to")


# Lets the loop turn until get() is `count`. What gets nowhere ends after a while.
async def until(get, count):
    for _ in range(1000 + 20 * count):
        if get() >= count:
            return
        await asyncio.sleep(0)
    raise RuntimeError(f"{get()} of {count}")


# For what the manager does after the last step of a service.
async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)
