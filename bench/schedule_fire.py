# `schedule_fire.py fire N`: of N scheduled jobs, the 100 that are due (all, where there are fewer) are started.
# `schedule_fire.py wait N`: the same with none due. The difference is what starting them takes, the jobs' own
# step included.
import asyncio
import sys
import time

import aioctl
import aioschedule

DUE = 100
runs = 0


async def job():
    global runs
    runs += 1


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def main(what, n):
    global runs
    for k in range(n):
        aioctl.add(job, name=f"job{k}")
    await turns(2)
    due = min(n, DUE)
    for k in range(n):
        # Which are due, and in which order, is not the order they were put in (no n is a multiple of 7919).
        place = k * 7919 % n
        start_in = 0.05 * place / due if what == "fire" and place < due else 3600 + place
        aioschedule.schedule(f"job{k}", start_in=start_in, repeat=7200)
    runs = 0
    aioctl.add(aioschedule.schedule_loop)
    await turns(2)
    time.sleep_ms(100)
    await turns(4)
    assert runs == (due if what == "fire" else 0)


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
