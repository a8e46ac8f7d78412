# "last @" is when a task was really started, not when it was due and could not be.

import sys

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

import aioschedule


class Clock:
    def time(self):
        return now() // 1000

    def localtime(self, at=None):
        at = self.time() if at is None else at
        return (2023, 3, 16, at // 3600, at // 60 % 60, at % 60, 3, 75)


sys.modules["time"] = Clock()


async def task(seconds=0):
    await asyncio.sleep(seconds)


service(
    "net",
    """
    ready_ms = 1000000

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(17)
        self.ready()
        await asyncio.sleep(100000)
""",
)
service(
    "app",
    """
    require = "net"
    schedule = {"start_in": 10, "repeat": 1000}

    @aioctl.aiotask
    async def task(self):
        pass
""",
)


def look(title, *names):
    print("-", title)
    for name in names:
        aioschedule.status_sc(name)


async def main():
    aioctl.add(aioschedule.schedule_loop)
    aioservice.load("app")
    aioctl.add(task, 25, name="long")
    aioctl.add(task, 100, name="once")
    await asyncio.sleep(1)
    aioschedule.schedule("long", start_in=10, repeat=20)
    aioschedule.schedule("once", start_in=10)
    aioschedule.schedule("later", start_in=10, repeat=20)
    await asyncio.sleep(14)
    look("due at 10 s, while they ran, and while app waited", "long", "once", "app.service")
    aioctl.status("once")
    aioctl.add(task, name="later")
    look("added after it was due", "later")
    await asyncio.sleep(4)
    look("started at 17 s, when what it requires was up", "app.service")
    await asyncio.sleep(33)
    look("started at 30 s, and not again at 50 s", "long")
    aioctl.stop("once")
    await asyncio.sleep(48)
    look("started at 90 s", "later")
    aioctl.start("later")
    aioctl.start("once")
    await asyncio.sleep(1)
    look("started by hand", "later", "once")


asyncio.run(main())
