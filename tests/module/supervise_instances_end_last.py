# What requires something starts again only when the last of its further instances has ended, and does so then.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

service(
    "net",
    """
    restart = {"delay_ms": 10}

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(2)
        raise ValueError
""",
)
service(
    "app",
    """
    require = "net"
    stop_ms = 60000
    runs = 0

    @aioctl.aiotask
    async def task(self):
        me = TestService.runs
        TestService.runs += 1
        print(test.now(), "app +", me)
        try:
            await asyncio.sleep(1000)
        finally:
            if me == 1:
                await asyncio.sleep(1)
            print(test.now(), "app -", me)
""",
)


async def main():
    aioservice.load("app")
    await asyncio.sleep(1)
    aioservice.load("app")
    await asyncio.sleep(2.9)
    print(now(), sorted((name, task.state) for name, task in aioctl.group().tasks.items()))


asyncio.run(main())
