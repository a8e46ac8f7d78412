# A service that restarts itself from its own on_error starts again, and what requires it with it.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

service(
    "net",
    """
    def on_error(self, exc, *args, **kwargs):
        test.aioservice.restart("net")
        return exc

    @aioctl.aiotask
    async def task(self):
        print(test.now(), "net +")
        await asyncio.sleep(2)
        raise ValueError
""",
)
service(
    "app",
    """
    require = "net"

    @aioctl.aiotask
    async def task(self):
        print(test.now(), "app +")
        await asyncio.sleep(1000)
""",
)


async def main():
    aioservice.load("app")
    await asyncio.sleep(3)
    print([(name, task.state) for name, task in aioctl.group().tasks.items()])


asyncio.run(main())
