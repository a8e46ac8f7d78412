# As in asyncmd, a repeating job that was stopped and is started after it was due runs at once. Then it keeps its phase.

import _clock
from _clock import asyncio, now
from _services import aioctl

try:
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit

runs = []


async def job():
    runs.append(now() // 1000)


async def main():
    aioctl.add(job, name="job")
    aioschedule.schedule("job", start_in=10, repeat=10)
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep(15)
    aioctl.stop("job")
    await asyncio.sleep(2)
    # before its due time: nothing was missed
    aioctl.start("job")
    await asyncio.sleep(5)
    print(now() // 1000, runs)
    aioctl.stop("job")
    await asyncio.sleep(25)
    runs.clear()
    aioctl.start("job")
    await asyncio.sleep(30)
    print(now() // 1000, runs)
    # one that was stopped before its first run, too
    runs.clear()
    aioctl.add(job, name="first")
    aioctl.stop("first")
    aioschedule.schedule("first", start_in=100, repeat=100)
    aioctl.stop("first")
    await asyncio.sleep(50)
    aioctl.stop("job")
    runs.clear()
    aioctl.start("first")
    await asyncio.sleep(80)
    print(now() // 1000, runs)


asyncio.run(main())
