# How often the loop wakes for the schedule in 10 seconds in which nothing is due, 1000 jobs being due in an hour. Needs
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
    waits = 0

    def wait_io_event(self, ms):
        if ms > 0:
            self.waits += 1
            testclock.advance(ms)


queue = NoWait()
asyncio.core._io_queue = queue

runs = 0


async def job():
    global runs
    runs += 1


async def main():
    global runs
    for k in range(JOBS):
        aioctl.add(job, name=f"job{k}")
        aioschedule.schedule(f"job{k}", start_in=HOUR + k % 10, repeat=HOUR)
    asyncio.create_task(aioschedule.schedule_loop())
    await asyncio.sleep(1)
    runs = 0
    before = queue.waits
    await asyncio.sleep(10)
    wakeups = queue.waits - before - 1  # the last wait is over for this task
    # Is the schedule alive, and is a wake-up of it seen?
    await asyncio.sleep(HOUR)
    assert runs == JOBS and queue.waits > before + 2
    print("bench: schedule_wakeups_idle", wakeups)


asyncio.run(main())
