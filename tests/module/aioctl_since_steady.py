# A task's `since` is the same each time it is asked, though the seconds of two clocks do not begin together.

import sys

from _clock import asyncio, now

import aioctl


class Clock:
    ahead = 0

    # Its seconds begin 700 ms later than ours.
    def time(self):
        return 1000000 + (now() + 300) // 1000 + self.ahead

    def localtime(self, at=None):
        return (2023, 3, 16, 0, 0, 0, 3, 75)


clock = sys.modules["time"] = Clock()


async def forever():
    await asyncio.sleep(1000000)


async def main():
    aioctl.add(forever)
    task = aioctl.group().tasks["forever"]
    seen = set()
    for _ in range(100):
        seen.add(task.since)
        await asyncio.sleep_ms(37)
    print(len(seen))

    # when the clock is set it moves with it
    since = task.since
    clock.ahead = 3600
    print(3599 <= task.since - since <= 3601)


asyncio.run(main())
