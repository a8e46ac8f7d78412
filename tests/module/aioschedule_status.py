# The status of a scheduled task.

from _services import asyncio, aioctl, turns, stop_clock
import aioschedule


async def task():
    pass


async def main():
    aioctl.add(task, name="t")
    await turns()
    stop_clock()
    aioctl.add(aioschedule.schedule_loop)
    aioschedule.schedule("t", start_in=0, repeat=100000)
    await turns(6)
    aioctl.status("t")
    aioctl.stop("t")
    aioctl.status("t")


asyncio.run(main())
