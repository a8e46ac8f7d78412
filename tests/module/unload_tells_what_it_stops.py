# unload(x) tells of each service that is stopped as it requires x.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "restart"):
    print("SKIP")
    raise SystemExit

RUNS = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
"""
service("net", RUNS)
service("web", '\n    require = "net"' + RUNS)
service("mail", '\n    require = "net"' + RUNS)


async def main():
    aioservice.load("web")
    aioservice.load("mail")
    await asyncio.sleep_ms(5)
    aioservice.unload("net")
    await asyncio.sleep_ms(5)
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


asyncio.run(main())
