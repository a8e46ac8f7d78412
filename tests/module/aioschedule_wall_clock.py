# A time tuple follows the wall clock, which is set while the task waits. Periods do not.

import sys

from _clock import asyncio, now

import aioctl
import aioschedule

DAY = 86400


# Seconds from 2023-03-16 00:00:00 on; set() is what an NTP client does.
class Clock:
    ahead = 0

    def time(self):
        return 1678924800 + now() // 1000 + self.ahead

    def localtime(self, at=None):
        at = (self.time() if at is None else at) - 1678924800
        return (2023, 3, 16 + at // DAY, at // 3600 % 24, at // 60 % 60, at % 60, 3, 75)

    def mktime(self, date):
        return 1678924800 + (date[2] - 16) * DAY + date[3] * 3600 + date[4] * 60 + date[5]


clock = sys.modules["time"] = Clock()
at = []


async def mark():
    at.append(clock.time() - 1678924800)


def tuple_of(hours, minutes=0):
    return (2023, 3, 16, hours, minutes, 0, 3, 75)


async def main():
    aioctl.add(mark)
    aioctl.add(aioschedule.schedule_loop)
    aioschedule.schedule("mark", start_in=tuple_of(8), repeat=3600)
    await asyncio.sleep(1800)

    # set ahead by five hours: at eight, which is sooner now
    clock.ahead = 5 * 3600
    await asyncio.sleep(2 * 3600)
    print(at, now() // 1000)
    await asyncio.sleep(1801)
    print(at)

    # after its first run, the periods are of the monotonic clock
    at.clear()
    clock.ahead = 0
    await asyncio.sleep(2 * 3600)
    print([second - at[0] for second in at])

    # set back: later; never early
    aioschedule.schedule("mark", start_in=tuple_of(6))
    at.clear()
    await asyncio.sleep(60)
    clock.ahead = -3600
    await asyncio.sleep(3 * 3600)
    print(at)

    # set ahead past its time: at once, that is within the minute in which that is noticed
    aioschedule.schedule("mark", start_in=tuple_of(12))
    at.clear()
    await asyncio.sleep(60)
    clock.ahead = 12 * 3600
    t0 = clock.time() - 1678924800
    await asyncio.sleep(300)
    print(len(at), 0 <= at[0] - t0 <= 60)

    # what is given in seconds does not follow
    aioschedule.schedule("mark", start_in=now() / 1000 + 100)
    at.clear()
    await asyncio.sleep(10)
    clock.ahead = 0
    await asyncio.sleep(80)
    print(at == [])
    await asyncio.sleep(20)
    print(len(at))

    # stopped and started after its first run, when several of its times have passed: it runs at once, and when it is due next
    base = clock.time() - 1678924800
    aioschedule.schedule("mark", start_in=clock.localtime(clock.time() + 1), repeat=DAY)
    at.clear()
    await asyncio.sleep(10)
    for days in 0, 3.5:
        aioctl.stop("mark")
        await asyncio.sleep(days * DAY)
        aioctl.start("mark")
        await asyncio.sleep(10)
        print([second - base - 1 for second in at])
    await asyncio.sleep(DAY)
    print([round((second - base - 1) / DAY, 3) for second in at])

    # before its first time: it waits for that, by the wall clock
    base = clock.time() - 1678924800
    aioschedule.schedule("mark", start_in=clock.localtime(clock.time() + 3600), repeat=DAY)
    at.clear()
    aioctl.stop("mark")
    aioctl.start("mark")
    clock.ahead = 1800
    await asyncio.sleep(1801)
    print([second - base - 3600 for second in at])

    # a past time is due at once
    aioschedule.schedule("mark", start_in=tuple_of(0))
    at.clear()
    await asyncio.sleep(0.001)
    print(len(at))


asyncio.run(main())
