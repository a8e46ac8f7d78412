# Of several services that are started together, one requires another that is started after it: that runs once.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service, turns

import aioschedule

runs = []

TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        test.runs.append(self.name)
        await asyncio.sleep(%s)
        raise ValueError
"""
service("app", TASK % ('"net"', 0.5))
service("net", TASK % (None, 1))


def states():
    return [aioctl.group().tasks[name + ".service"].state for name in ("app", "net")]


async def main():
    aioservice.load("app")
    await asyncio.sleep(2)
    print(sorted(runs), states())

    # by a pattern
    runs.clear()
    print(aioctl.start("*.service"))
    await turns(6)
    print(sorted(runs), states())
    await asyncio.sleep(2)

    # by the watcher
    runs.clear()
    aioctl.add(aioschedule.watcher_loop, sleep=1000)
    await asyncio.sleep(10.5)
    print(sorted(runs), states())


asyncio.run(main())
