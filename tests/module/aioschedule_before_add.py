# What is scheduled before it is added keeps its schedule, also where it was due before.

from _clock import asyncio, now

import aioctl
import aioschedule

at = []


async def main():
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep(0.1)

    @aioschedule.schedule_task(start_in=0, repeat=10)
    async def sample():
        at.append(now())

    @aioschedule.schedule_task(start_in=1)
    async def once():
        at.append("once")

    await asyncio.sleep(4.9)
    aioctl.add(sample)
    aioctl.add(once)
    print(aioctl.group().tasks["sample"].state, aioctl.group().tasks["once"].state)
    await asyncio.sleep(30)
    print(at, sorted(aioschedule.group()))


asyncio.run(main())
