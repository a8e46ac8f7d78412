# What asyncmd's tools find in aioschedule.group()[name] after a run: start_in is -1, last and last_dt say when that was.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service

try:
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit

service(
    "world",
    """
    def __init__(self, name):
        super().__init__(name)
        self.schedule = {"start_in": 20, "repeat": 90}

    @aioctl.aiotask
    async def task(self):
        test.runs += 1
""",
    "schedule.service",
)
runs = 0


class Moving(Clock):
    def time(self):
        return Clock.now + now() // 1000

    def localtime(self, at=None):
        return super().localtime(self.time() if at is None else at)


sys.modules["time"] = Moving()


async def once():
    pass


def entry(name):
    entry = aioschedule.group()[name]
    print([(key, entry.get(key)) for key in ("start_in", "_start_in", "repeat", "last", "last_dt")])


async def main():
    aioservice.load("world")
    aioctl.add(once, name="once")
    aioschedule.schedule("once", start_in=0)
    entry("world.service")
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep(10)
    entry("world.service")
    entry("once")
    aioctl.status("world.service")
    aioctl.status("once")
    # what is given is not what is changed
    await asyncio.sleep(15)
    entry("world.service")
    print(sorted(aioservice.service("world").schedule.items()))
    aioctl.status("world.service")
    # a tool puts something in, too; all of that goes out and in with the task
    aioschedule.group()["world.service"]["t0"] = 1
    aioctl.stop("world.service")
    print(sorted(aioctl.group().tasks["world.service"].schedule))
    await asyncio.sleep(10)
    aioctl.start("world.service")
    await asyncio.sleep(80)
    print(runs)
    # no schedule of a user's is taken for one that has run
    try:
        aioschedule.schedule("once", start_in=-1)
    except ValueError as exc:
        print(exc)


if hasattr(aioctl, "get_datetime"):
    asyncio.run(main())
else:
    print("SKIP")
