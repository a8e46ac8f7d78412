# A task's `since` and `done_at` are the seconds in which it started and ended, to a tenth of a second, however
# late they are read: what it wrote into a log does not come before its start.

import sys

from _clock import asyncio, now

import aioctl


class Clock:
    # Its seconds begin 700 ms later than ours.
    def time_ns(self):
        return (1678966031 * 1000 + now() + 300) * 1000000

    def time(self):
        return self.time_ns() // 1000000000

    def localtime(self, at=None):
        at = (self.time() if at is None else at) - 1678966031
        return (2023, 3, 16, 0, at // 60, at % 60, 3, 75)


clock = sys.modules["time"] = Clock()
aioctl.color(False)
seen = {}


async def work(name):
    seen[name] = [clock.time()]
    await asyncio.sleep(1)
    seen[name].append(clock.time())


async def main():
    for i in range(10):
        aioctl.add(work, str(i), name=str(i))
        await asyncio.sleep_ms(100)
    for read_later_ms in 0, 1900, 650, 3000000:
        await asyncio.sleep_ms(read_later_ms)
        tasks = aioctl.group().tasks
        off = [tasks[name].since - seen[name][0] for name in seen]
        print(max(off), min(off), sum(off))
    off = [tasks[name].done_at - seen[name][1] for name in seen]
    print(max(off), min(off), sum(off))
    aioctl.status("5")


asyncio.run(main())


# Where time_ns counts from the start it is no wall clock.
class Uptime(Clock):
    def time(self):
        return 1678966031 + now() // 1000

    def time_ns(self):
        return now() * 1000000


async def later():
    global clock
    clock = sys.modules["time"] = Uptime()
    aioctl.add(asyncio.sleep, 1, name="t")
    print(0 <= clock.time() - aioctl.group().tasks["t"].since <= 1)


asyncio.run(later())
