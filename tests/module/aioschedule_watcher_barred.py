# What cannot be started, watcher_loop does not try, nor says so each time; its log tells of what is really started.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

import aioschedule

runs = {}


def note(name):
    runs[name] = runs.get(name, 0) + 1


async def once():
    note("once")
    raise ValueError


service(
    "often",
    """
    restart = {"burst": 2, "delay_ms": 10}

    @aioctl.aiotask
    async def task(self):
        test.note(self.name)
        await asyncio.sleep(1)
        raise ValueError
""",
)
service(
    "above",
    """
    require = "often"

    @aioctl.aiotask
    async def task(self):
        test.note(self.name)
        await asyncio.sleep(0.5)
        raise OSError(5)
""",
)

class Log:
    def info(self, text):
        print(now(), text)


async def main():
    aioctl.add(once(), name="once")
    aioservice.load("above")
    aioctl.add(aioschedule.watcher_loop, Log(), sleep=5)
    await asyncio.sleep(16)
    print(sorted(runs.items()))

    # as soon as it can be, it is
    aioservice.reset_failed("often")
    await asyncio.sleep(4.2)
    print(sorted(runs.items()))


asyncio.run(main())
