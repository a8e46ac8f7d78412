# A service that was leaving when its loop was replaced makes no further step: it is loaded again at once.

import sys

from _clock import asyncio
from _services import Clock, aioctl, aioservice, service, turns

service(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(1000)
        finally:
            await asyncio.sleep(1000)
""",
)
sys.modules["time"] = Clock()


async def leave():
    aioservice.load("a")
    await turns()
    aioservice.unload("a")
    await turns()


async def again():
    print(aioservice.load("a"), aioctl.group().tasks["a.service"].state)


asyncio.run(leave())
asyncio.new_event_loop()
asyncio.run(again())
