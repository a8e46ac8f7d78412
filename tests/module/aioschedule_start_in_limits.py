# How far ahead a task can be scheduled: what is no time, or too long for one, is refused by name.

from _services import aioctl, asyncio

import aioschedule


async def nothing():
    pass


aioctl.add(nothing, name="t")
for start_in in (0, 0.5, 10**9, -1, -0.5, 1 << 60, 1e20, float("nan"), "1", [1], (1, 2)):
    try:
        aioschedule.schedule("t", start_in=start_in)
        print("scheduled", start_in)
    except ValueError as e:
        print(e)
