# A service that is stuck can't be had: what requires it is refused, until it has ended.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service

ends = False
service(
    "net",
    """
    stop_ms = 20

    @aioctl.aiotask
    async def task(self):
        while not test.ends:
            try:
                await asyncio.sleep_ms(10)
            except asyncio.CancelledError:
                pass
""",
)
service(
    "web",
    """
    require = "net"

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
)


async def main():
    global ends
    sys.modules["time"] = Clock()
    aioservice.load("net")
    await asyncio.sleep_ms(10)
    aioctl.stop("net")
    await asyncio.sleep_ms(50)
    print(aioservice.load("web"))
    print(aioservice.load("web"))
    ends = True
    await asyncio.sleep_ms(50)
    ends = False
    print(aioservice.load("web"))
    await asyncio.sleep_ms(50)
    print(sorted((task.name, task.state) for task in aioctl.group().tasks.values()))


asyncio.run(main())
