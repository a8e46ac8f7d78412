# watcher_loop starts what has failed, and nothing else that has an exception for its result.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

import aioschedule

runs = {}


def note(name):
    runs.setdefault(name, []).append(now())


async def fails():
    note("fails")
    raise ValueError


async def returns():
    note("returns")
    return ValueError("a value like any other")


async def stopped():
    note("stopped")
    await asyncio.sleep(1000)


service(
    "slowly",
    """
    restart = {"delay_ms": 60000, "delay_max_ms": 60000}

    @aioctl.aiotask
    async def task(self):
        test.note("slowly")
        raise ValueError
""",
)


async def main():
    aioctl.add(fails)
    aioctl.add(returns)
    aioctl.add(stopped, on_stop=lambda: ValueError("made by a hook"))
    aioservice.load("slowly")
    aioctl.add(aioschedule.watcher_loop, sleep=5)
    await asyncio.sleep(1)
    aioctl.stop("stopped")
    await asyncio.sleep(75)
    for name in sorted(runs):
        print(name, runs[name][:4], aioctl.group().tasks[name if name != "slowly" else "slowly.service"].state)
    print(aioctl.result("returns"), aioctl.result("stopped"))


asyncio.run(main())
