# Hours of a schedule in no time: what is due runs when it is due, and in between nothing wakes.

import _clock
from _clock import asyncio, now

import aioctl
import aioschedule

at = []


async def mark(name):
    at.append((name, now()))


async def long():
    at.append(("long", now()))
    await asyncio.sleep(150)


async def late():
    # the loop is held up for 2.5 s
    _clock.testclock.advance(2500)


async def main():
    for name in "hourly", "once", "tenth":
        aioctl.add(mark, name, name=name)
    aioctl.add(long)
    aioschedule.schedule("hourly", start_in=3600, repeat=True)
    aioschedule.schedule("once", start_in=7200)
    aioschedule.schedule("tenth", start_in=0.1)
    aioschedule.schedule("long", start_in=60, repeat=60)
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep(1)
    print(at)
    at.clear()

    # a run that still goes on when the next is due is not doubled
    await asyncio.sleep(600)
    print(at)
    aioschedule.unschedule("long")
    at.clear()

    await asyncio.sleep(5 * 3600)
    print(at)
    at.clear()

    # nothing scheduled is due for ten hours: nothing wakes
    aioschedule.reset()
    aioschedule.schedule("once", start_in=200000)
    await asyncio.sleep(0)
    _clock.wakeups = 0
    await asyncio.sleep(36000)
    print(_clock.wakeups, at)

    # a change wakes it; what was late keeps its phase, and what was missed is not made up for
    aioctl.add(mark, "second", name="second")
    aioctl.add(late)  # of two that are due at once, the one that was added first is started first
    t0 = now()
    loop_start = t0 + (1000 - t0 % 1000) % 1000
    aioschedule.schedule("second", start_in=loop_start / 1000, repeat=1)
    aioschedule.schedule("late", start_in=loop_start / 1000 + 2)
    await asyncio.sleep(6)
    print([ms - loop_start for _, ms in at])


asyncio.run(main())
