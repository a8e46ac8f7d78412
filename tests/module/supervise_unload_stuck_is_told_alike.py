# A service that was unloaded while it does not end: status, list, top and aioctl tell the same of it, gone or stuck.

import sys

import _clock
from _clock import asyncio
from _services import Clock, aioctl, aioservice, service

service(
    "a",
    """
    stop_ms = 100

    @aioctl.aiotask
    async def task(self):
        while True:
            try:
                return await test.ends.wait()
            except asyncio.CancelledError:
                pass
""",
)
ends = asyncio.Event()


def look(what):
    print("-", what)
    aioservice.status("a")
    for fun in aioservice.status, aioservice.list, aioservice.top, aioctl.status:
        fun()
    print(aioctl.tasks_match("*"), sorted(aioservice.service()))


async def main():
    sys.modules["time"] = Clock()
    print(aioservice.load("a"))
    await asyncio.sleep_ms(10)
    print(aioservice.unload("a"))
    look("unloaded")
    await asyncio.sleep_ms(200)
    look("stuck")
    print(aioservice.load("a"))
    look("loaded while it is stuck")
    ends.set()
    await asyncio.sleep_ms(10)
    look("it has ended")
    print(aioservice.load("a"))
    await asyncio.sleep_ms(10)
    look("loaded")


asyncio.run(main())
