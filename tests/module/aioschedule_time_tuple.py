# start_in as a time tuple, or a list like one, follows the wall clock.

from _services import asyncio, aioctl, turns, Clock
import sys

import aioschedule

runs = []


async def task(name):
    runs.append(name)


async def main():
    for name in ("past", "future", "past list", "future list"):
        aioctl.add(task, name, name=name)
    await turns()
    runs.clear()
    sys.modules["time"] = Clock()
    # it is 11:27:11
    aioschedule.schedule("past", start_in=(2023, 3, 16, 11, 27, 10, 0, 0))
    aioschedule.schedule("future", start_in=(2023, 3, 16, 11, 30, 0, 0, 0))
    aioschedule.schedule("past list", start_in=[2023, 3, 16, 11, 27, 9, 0, 0])
    aioschedule.schedule("future list", start_in=[2023, 3, 16, 11, 30, 0, 0, 0], repeat=60)
    aioctl.add(aioschedule.schedule_loop)
    await turns(6)
    print(runs)


asyncio.run(main())
