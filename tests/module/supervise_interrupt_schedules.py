# A KeyboardInterrupt comes out when the services have ended, though schedules are due meanwhile.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, config, service

service(
    "slow",
    """
    stop_ms = 60000

    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(1000)
        finally:
            await asyncio.sleep(5)
""",
)
for i in 1, 2:
    service(
        "tick%d" % i,
        """
    schedule = {"start_in": %d, "repeat": 2}

    @aioctl.aiotask
    async def task(self):
        print(test.now(), "tick")
        await asyncio.sleep(1.5)
""" % i,
    )
service(
    "kill",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(3)
        raise KeyboardInterrupt
""",
)
config(**{name: {"enabled": True} for name in ("slow", "kill", "tick1", "tick2")})


async def main():
    aioservice.init(debug=False)
    await asyncio.sleep(40)


try:
    asyncio.run(main())
    print("not raised")
except KeyboardInterrupt:
    print(now(), "raised")
