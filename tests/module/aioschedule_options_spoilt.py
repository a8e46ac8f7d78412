# Options that are spoilt after they were given (they are a dict in aioschedule.group()) are named when
# the loop starts, and the other schedules go on.

from _services import aioctl, asyncio, turns

import aioschedule

runs = []


async def note(name):
    runs.append(name)


async def main():
    for name in ("bad", "good"):
        aioctl.add(note, name, name=name)
    await turns()
    runs.clear()
    aioschedule.schedule("bad", start_in=0)
    aioschedule.schedule("good", start_in=0)
    aioschedule.group()["bad"]["repeat"] = "junk"
    aioctl.add(aioschedule.schedule_loop)
    await turns(6)
    print(runs, aioctl.group().tasks["schedule_loop"].state, list(aioschedule.group()))


asyncio.run(main())
