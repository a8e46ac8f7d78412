# Safe mode takes scheduled services out of the schedule, and stops further instances, too.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, config, service

service(
    "tick",
    """
    schedule = {"start_in": 1, "repeat": 1}

    @aioctl.aiotask
    async def task(self):
        print(test.now(), "tick")
""",
)
service(
    "two",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
)
service(
    "safe",
    """
    safe_mode = True

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
)
service(
    "bad",
    """
    restart = {"delay_ms": 10, "burst": 2, "then": "safe_mode"}

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1.2)
        raise ValueError
""",
)
config(**{name: {"enabled": True} for name in ("tick", "two", "safe", "bad")})


async def main():
    aioservice.load("two")
    aioservice.load("two")
    aioservice.init(debug=False)
    await asyncio.sleep(8)
    for state in sorted((name, task.state) for name, task in aioctl.group().tasks.items()):
        print(*state)


asyncio.run(main())
