# asyncmd counts on the wall clock: one set by NTP skips runs or doubles them. Here it does neither.

from _services import asyncio, aioctl, Clock
import sys
import time

import aioschedule

ticks_ms, ticks_diff = time.ticks_ms, time.ticks_diff
clock = sys.modules["time"] = Clock()
jumps = [36000, -72000, 5, -1, 36000, 0]
at = []


# Each run sets the clock.
async def task():
    if jumps:
        at.append(ticks_ms())
        clock.now += jumps.pop()
    if not jumps:
        enough.set()


async def nothing():
    pass


async def main():
    global enough
    enough = asyncio.Event()
    aioctl.add(nothing, name="t")
    await aioctl.group().tasks["t"].task
    aioctl.delete("t")
    aioctl.add(task, name="t")
    await aioctl.group().tasks["t"].task
    aioschedule.schedule("t", start_in=0.05, repeat=0.05)
    aioctl.add(aioschedule.schedule_loop)
    await enough.wait()
    # none is skipped: this line is reached. None comes early: 4 periods of 50 ms lie between
    print(len(at), ticks_diff(at[-1], at[1]) > 150)


asyncio.run(asyncio.wait_for(main(), 20))
