# watcher_loop starts failed tasks again: first after 10 s, then each `sleep` seconds.

from _clock import asyncio, now

import aioctl
import aioschedule

runs = []


async def fails(restart=True):
    runs.append(now())
    raise ValueError("broken")


async def stays(restart=False):
    raise KeyError("no restart")


async def ends():
    return 1


class Log:
    def info(self, text):
        print(text)


async def main():
    aioctl.add(fails)
    aioctl.add(stays, restart=False)
    aioctl.add(ends)
    aioctl.add(aioschedule.watcher_loop, Log(), sleep=5)
    await asyncio.sleep(9)
    print(runs)
    await asyncio.sleep(8)
    print(runs)
    aioctl.stop("watcher_loop")
    await asyncio.sleep(60)
    print(len(runs), aioctl.group().tasks["watcher_loop"].state)

    # without a logger; asyncmd's default of half a minute
    runs.clear()
    t0 = now()
    aioctl.add(aioschedule.watcher_loop, name="quiet")
    await asyncio.sleep(75)
    print([ms - t0 for ms in runs])


asyncio.run(main())

for sleep in 0, -1, "x", None:
    try:
        aioschedule.watcher_loop(sleep=sleep)
    except ValueError as error:
        print(error)
