# A time tuple of a schedule in services.config, where it is a list, is that time of the wall clock.

import sys

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, files, service


# Seconds from 2023-03-16 00:00:00 on.
class Clock:
    def time(self):
        return 1678924800 + now() // 1000

    def localtime(self, at=None):
        at = (self.time() if at is None else at) - 1678924800
        return (2023, 3, 16 + at // 86400, at // 3600 % 24, at // 60 % 60, at % 60, 3, 75)

    def mktime(self, date):
        return 1678924800 + (date[2] - 16) * 86400 + date[3] * 3600 + date[4] * 60 + date[5]


clock = sys.modules["time"] = Clock()
service(
    "r",
    """
    @aioctl.aiotask
    async def task(self):
        print("runs at", test.clock.localtime()[3:6])
""",
)


async def main():
    at = clock.localtime(clock.time() + 30)
    print(aioservice.config("r", True, schedule={"start_in": at, "repeat": 3600}))
    aioservice.init()
    await asyncio.sleep(4000)

    # what is no time is refused, by config and by a load
    print(aioservice.config("r", True, schedule={"start_in": at[:3]}))
    print(aioservice.get_config("r")["kwargs"]["schedule"]["start_in"])
    files.data["services.config"] = b'{"r": {"enabled": true, "kwargs": {"schedule": {"start_in": [2023, 3]}}}}'
    aioctl.delete("r.service")
    print(aioservice.load("r", config=True))


asyncio.run(main())
