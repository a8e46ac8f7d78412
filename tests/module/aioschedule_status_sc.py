# status_sc shows the schedule of one task, of those that match, or of all.

import sys

import _clock
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
    return 7


async def main():
    aioctl.add(task, name="a")
    aioctl.add(task, name="b")
    aioctl.add(task, name="c")
    aioschedule.schedule("a", start_in=90)
    aioschedule.schedule("b", start_in=60, repeat=600)
    print("- before the loop")
    aioschedule.status_sc("a")
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep(5)
    print("- one")
    aioschedule.status_sc("a")
    aioschedule.status_sc("a", debug=True)
    print("- unknown, not scheduled, no match")
    aioschedule.status_sc("x")
    aioschedule.status_sc("c")
    aioschedule.status_sc(name="c*")
    await asyncio.sleep(60)
    print("- some, all")
    aioschedule.status_sc("*")
    aioschedule.status_sc()
    print("- reset")
    aioschedule.reset(group=False)
    print(sorted(aioschedule.group()))
    aioschedule.reset()
    print(sorted(aioschedule.group()))
    aioschedule.status_sc()
    await asyncio.sleep(1000)
    print(aioctl.group().tasks["a"].state)
    aioctl.status("a")


asyncio.run(main())
