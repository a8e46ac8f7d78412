# What is told to stop, and still runs because what requires it ends first, can be started again meanwhile: the last
# thing its user said counts.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service, turns

alive = {"net": 0, "web": 0}
TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        test.alive[self.name] += 1
        try:
            await asyncio.sleep(1000)
        finally:
            await asyncio.sleep_ms(30)
            test.alive[self.name] -= 1
"""
service("net", TASK % None)
service("web", TASK % '"net"')


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def case(what, name):
    aioservice.load("web")
    await turns()
    aioctl.stop("net.service")
    await asyncio.sleep_ms(10)
    states()
    print(what(name))
    await asyncio.sleep_ms(190)
    states()
    print(alive["net"], alive["web"])
    aioctl.stop("net.service")
    await asyncio.sleep_ms(100)


async def main():
    await case(aioctl.start, "net.service")
    await case(aioctl.start, "web.service")
    await case(aioservice.load, "net")
    await case(aioservice.load, "web")
    await case(aioservice.restart, "net")


asyncio.run(main())
