# The longest turn of the loop while the services of the folder start, and while they stop as their hub is
# stopped; and the same for as many raw tasks, created and cancelled one after the other.
import asyncio
import gc
import time

import aioctl
import aioservice
from _units import body, seen, until

longest = 0


# It has its turn once in each of the loop's.
async def watch():
    global longest
    last = time.time_ns()
    while True:
        await asyncio.sleep(0)
        now = time.time_ns()
        longest = max(longest, now - last)
        last = now


# The longest turn from act() until get() is `count`, in ms.
async def turn_of(act, get, count):
    global longest
    gc.collect()
    watcher = asyncio.create_task(watch())
    await asyncio.sleep(0)
    longest = 0
    act()
    await until(get, count)
    await asyncio.sleep(0)  # the watcher's step at the end of the last turn
    watcher.cancel()
    return longest / 1e6


async def start_and_stop(start, stop, count):
    seen.up = seen.down = 0
    started = await turn_of(start, lambda: seen.up, count)
    return started, await turn_of(stop, lambda: seen.down, count)


async def main():
    units = list(aioservice.service().values())
    count = len(units)
    tasks = []

    def create():
        for unit in units:
            tasks.append(asyncio.create_task(body(unit)))

    def cancel():
        for task in tasks:
            task.cancel()

    raw_start, raw_stop = await start_and_stop(create, cancel, count)
    tasks.clear()
    start, stop = await start_and_stop(lambda: aioservice.init(debug=False), lambda: aioctl.stop("hub.service"), count)
    for name, value in (("start", start), ("stop", stop), ("raw_start", raw_start), ("raw_stop", raw_stop)):
        print("bench:", name, value)


asyncio.run(main())
