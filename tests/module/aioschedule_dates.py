# The dates of one start are the same second: "since", "last @"; and "next ... @" is when it will be.

import sys

from _clock import asyncio, now

import aioctl
import aioschedule


class Clock:
    def time(self):
        return now() // 1000

    def localtime(self, at=None):
        at = self.time() if at is None else at
        return (2023, 3, 16, at // 3600, at // 60 % 60, at % 60, 3, 75)


sys.modules["time"] = Clock()
aioctl.color(False)


async def task():
    await asyncio.sleep(5)


async def main():
    for i in range(4):
        name = "t%d" % i
        aioctl.add(task, name=name)
        aioschedule.schedule(name, start_in=2 + 0.37 * i, repeat=8)
    aioctl.add(aioschedule.schedule_loop)
    for _ in range(3):
        await asyncio.sleep(1.45)
    for i in range(4):
        aioctl.status("t%d" % i)


asyncio.run(main())
