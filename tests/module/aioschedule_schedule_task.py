# @schedule_task schedules a function's name; a task of a scheduled name waits, however it comes to be.

from _clock import asyncio, now

import aioctl
import aioschedule

ran = []


@aioschedule.schedule_task(start_in=10, repeat=60)
@aioctl.aiotask
async def sample(sensor, log=None):
    ran.append((sensor, now()))
    return sensor


async def plain():
    ran.append(("plain", now()))


async def main():
    print(aioschedule.group())
    aioctl.add(sample, "T1")
    # a second one of the name is not what was scheduled: it runs at once
    aioctl.add(sample, "T2")
    # scheduled before its first step
    aioctl.add(plain, name="later")
    aioschedule.schedule("later", start_in=30)
    tasks = aioctl.group().tasks
    print(tasks["sample"].state, tasks["sample@1"].state, tasks["later"].state)
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep(100)
    print(ran)
    print(aioctl.result("sample"), tasks["later"].state, tasks["later"].task.done())

    # one that somebody awaits already is not taken back: it would never come
    async def wait():
        aioctl.add(plain, name="awaited")
        await tasks["awaited"].task
        print("came")

    async def schedule():
        print(tasks["awaited"].state)
        aioschedule.schedule("awaited", start_in=1000)

    asyncio.create_task(wait())
    asyncio.create_task(schedule())
    await asyncio.sleep(1)

    # one that runs goes on
    async def running():
        await asyncio.sleep(5)
        return "ended"

    aioctl.add(running)
    await asyncio.sleep(1)
    aioschedule.schedule("running", start_in=1000000)
    await asyncio.sleep(10)
    print(aioctl.result("running"))

    # taken away before it came
    aioctl.stop("sample")
    aioctl.add(plain, name="never")
    aioschedule.schedule("never", start_in=1e6)
    aioctl.stop("never")
    print(tasks["never"].state, tasks["never"].task.done(), tasks["never"].schedule)


asyncio.run(main())

for wrong in ((1,), {}), ((), {"start_in": -1}), ((), {}):
    try:
        aioschedule.schedule_task(*wrong[0], **wrong[1])(sample)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
