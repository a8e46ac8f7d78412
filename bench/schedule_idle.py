# Loop turns that the schedule takes in 10 seconds in which nothing is due, 1000 jobs being due in an hour. Needs
# the tick clock of the build for tests, which goes on only where the loop would wait.
import testclock

testclock.set(0)

import asyncio

import aioctl
import aioschedule

JOBS = 1000
HOUR = 3600


class NoWait:
    map = {}

    def wait_io_event(self, ms):
        if ms > 0:
            testclock.advance(ms)


asyncio.core._io_queue = NoWait()

runs = 0


async def job():
    global runs
    runs += 1


# Counts the turns of what asyncio runs through it.
class Counted:
    def __init__(self, coro):
        self.coro = coro
        self.turns = 0

    def send(self, value):
        self.turns += 1
        return self.coro.send(value)

    def throw(self, *args):
        return self.coro.throw(*args)


async def main():
    global runs
    for k in range(JOBS):
        aioctl.add(job, name=f"job{k}")
        aioschedule.schedule(f"job{k}", start_in=HOUR + k % 10, repeat=HOUR)
    loop = Counted(aioschedule.schedule_loop())
    asyncio.create_task(loop)
    await asyncio.sleep(1)
    runs = 0
    before = loop.turns
    await asyncio.sleep(10)
    turns = loop.turns - before
    # Is the schedule alive, and is a turn of it seen?
    await asyncio.sleep(HOUR)
    assert runs == JOBS and loop.turns > before + turns
    print("bench: schedule_wakeups_idle", turns)


asyncio.run(main())
