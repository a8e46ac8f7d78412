# net <- web <- api are unloaded one after the other, in any order: none waits for more than the clean-up of what
# requires it, and none for stop_ms.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

BODY = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        await test.run(self.name)
"""
service("net", BODY % None)
service("web", BODY % "'net'")
service("api", BODY % "'web'")
NAMES = "api", "web", "net"
ended = {}


async def run(name):
    try:
        await asyncio.sleep(1000)
    finally:
        await asyncio.sleep_ms(20)
        ended[name] = now() - began


async def main():
    global began
    for first in NAMES:
        for second in NAMES:
            for third in NAMES:
                if len(set((first, second, third))) < 3:
                    continue
                aioservice.load("api")
                await asyncio.sleep_ms(10)
                began = now()
                ended.clear()
                print(first, second, third, [aioservice.unload(name) for name in (first, second, third)])
                await asyncio.sleep_ms(200)
                print(sorted(ended.items()), aioctl.tasks_match("*"))
                await asyncio.sleep(10)


asyncio.run(main())
