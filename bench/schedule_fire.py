# `schedule_fire.py fire N` lets the schedule start N jobs, each once. `schedule_fire.py wait N` does all that comes
# before: the difference of both is what starting them takes, the jobs' own step included.
import asyncio
import sys
import time

import aioctl
import aioschedule

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
    for k in range(n):
        # Due in another order than they were put in (no n is a multiple of 7919), one after the other.
        aioschedule.schedule(f"job{k}", start_in=0.05 * (k * 7919 % n) / n, repeat=3600)
    runs = 0
    if what == "fire":
        aioctl.add(aioschedule.schedule_loop)
    await turns(2)
    time.sleep_ms(100)
    await turns(4)
    assert runs == (n if what == "fire" else 0)


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
