# An unload that waits for others, and is called off by a start, leaves the service in its schedule; and what was loaded
# keeps running when a core service is unloaded that it required and that has done its work.

import sys

import _clock
from _clock import asyncio, now
import aioschedule
from _services import Clock, aioctl, aioservice, core, service

service(
    "net",
    """
    type = "schedule.service"
    schedule = {"start_in": 0, "repeat": 1}

    @aioctl.aiotask
    async def task(self):
        print(test.now(), "net")
        await asyncio.sleep_ms(300)
""",
)
core(
    "disk",
    """
    @aioctl.aiotask
    async def task(self):
        pass
""",
)
service(
    "app",
    """
    require = "net", "disk"

    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(1000)
        finally:
            await asyncio.sleep_ms(100)
""",
)


def states():
    print(now(), sorted((task.name, task.state) for task in aioctl.group().tasks.values()))


async def main():
    sys.modules["time"] = Clock()
    aioctl.add(aioschedule.schedule_loop)
    aioservice.load("net")
    await asyncio.sleep_ms(100)
    aioservice.load("app")
    await asyncio.sleep_ms(50)
    states()
    print(aioservice.unload("net"), aioctl.start("net"), list(aioschedule.group()))
    await asyncio.sleep_ms(2000)
    states()

    print(aioctl.start("app"))
    await asyncio.sleep_ms(10)
    print(aioservice.unload("disk"))
    await asyncio.sleep_ms(1500)
    states()


asyncio.run(main())
