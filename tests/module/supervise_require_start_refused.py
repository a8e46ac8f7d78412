# A service that has failed, and is started while what it requires has failed for good: its status tells why it was
# not, and it is started when that is up.

import sys

import _clock
from _clock import asyncio
from _services import Clock, aioctl, aioservice, service

TASK = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(test.life[self.name])
        raise ValueError
"""
service("net", '    restart = {"burst": 2, "delay_ms": 10}' + TASK)
service("app", '    require = "net"' + TASK)
life = {"net": 2, "app": 1}


async def main():
    sys.modules["time"] = Clock()
    aioservice.load("app")
    await asyncio.sleep(8)
    for start in aioctl.start, aioservice.restart:
        print(start("app.service"))
        aioservice.status("app")
        aioctl.status("app.service")
    life["net"] = 100
    print(aioservice.reset_failed("net"), aioctl.start("net.service"))
    await asyncio.sleep(0.5)
    aioservice.status("app")
    print(aioctl.group().tasks["app.service"].state)


asyncio.run(main())
