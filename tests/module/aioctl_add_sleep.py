# add() takes what asyncio.sleep() answers, which can be awaited though it is no coroutine.

from _clock import asyncio, now

import aioctl


async def main():
    aioctl.add(asyncio.sleep, 5, name="nap", on_stop=lambda s: "woken")
    aioctl.add(asyncio.sleep_ms, 300, name="short")
    await asyncio.sleep(1)
    tasks = aioctl.group().tasks
    print(tasks["nap"].state, tasks["short"].state, aioctl.result("short"))
    aioctl.stop("nap")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(tasks["nap"].state, aioctl.result("nap"))


asyncio.run(main())
