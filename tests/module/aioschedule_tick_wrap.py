# The tick counter wraps; a schedule goes on as if it had not.

import _clock
from _clock import asyncio, testclock

# what asyncio counts by wraps here, two seconds on
import time

PERIOD = time.ticks_add(0, -1) + 1
testclock.set(PERIOD - 2000)

import aioctl
import aioschedule

start = time.ticks_ms()
at = []


async def mark():
    at.append(time.ticks_diff(time.ticks_ms(), start))


async def main():
    aioctl.add(mark)
    aioschedule.schedule("mark", start_in=1, repeat=1)
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep(5.5)
    print(at, time.ticks_ms() < 10000)
    since = aioctl.group().tasks["schedule_loop"].since
    print(aioctl.group().tasks["mark"].since - since)


asyncio.run(main())
