# start() of a task that stop() took out of the schedule puts it back: it waits for its next time,
# and runs at once where it has missed one.

from _clock import asyncio, now

import aioctl
import aioschedule

at = []


async def task():
    at.append(now())


async def main():
    aioctl.add(task, name="t")
    aioschedule.schedule("t", start_in=1, repeat=8)
    aioctl.add(task, name="later")
    aioschedule.schedule("later", start_in=20)
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep(3)
    aioctl.stop("t")
    aioctl.stop("later")
    await asyncio.sleep(1)
    print(aioctl.start("t"), aioctl.start("later"))
    await asyncio.sleep(0.5)
    print(at)
    await asyncio.sleep(14)
    print(at, sorted(aioschedule.group()))

    # after several of its times have passed
    aioctl.stop("t")
    at.clear()
    await asyncio.sleep(100)
    aioctl.start("t")
    await asyncio.sleep(8)
    print(at)


asyncio.run(main())
