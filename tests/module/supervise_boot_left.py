# A boot that was left with its loop sees to nothing any more; and one finds a service stuck that was unloaded so.

import sys

import _clock
from _clock import asyncio
from _services import Clock, aioctl, aioservice, core, service

core(
    "disk",
    """
    require = "slow"

    @aioctl.aiotask
    async def task(self):
        print("disk")
""",
)
core(
    "slow",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(test.takes_ms)
        print("slow")
""",
)
core(
    "stuck",
    """
    enabled = False
    stop_ms = 50

    @aioctl.aiotask
    async def task(self):
        while True:
            try:
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                pass
""",
)
service(
    "app",
    """
    require = "disk"
    wants = "stuck"

    @aioctl.aiotask
    async def task(self):
        print("app")
""",
)
takes_ms = 1000


async def interrupted():
    asyncio.create_task(aioservice.boot(debug=False))
    await asyncio.sleep_ms(10)
    raise KeyboardInterrupt


async def main():
    print(aioservice.load("disk"))
    await asyncio.sleep_ms(50)
    print(aioservice.load("app"))
    await asyncio.sleep_ms(50)

    aioctl.stop("stuck")
    await asyncio.sleep_ms(100)
    aioservice.unload("stuck")
    aioservice.verify()  # finds it again, as app wants it
    aioservice.service("stuck").enabled = True
    print(await aioservice.boot(debug=False))


sys.modules["time"] = Clock()
try:
    asyncio.run(interrupted())
except KeyboardInterrupt:
    print("KeyboardInterrupt")
asyncio.new_event_loop()
asyncio.core._io_queue = _clock.NoWait()
takes_ms = 5
asyncio.run(main())
