# critical_chain() names boot where that was over after all that a service names.

import _clock
from _services import asyncio, aioctl, aioservice, core, service

STEP = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(%d)
"""
core("net", STEP % 30)
core("clock", STEP % 50)
service("web", "    enabled = True\n    require = 'net'\n" + STEP % 20)
service("page", "    enabled = True\n    require = 'web'\n    after = 'gone'\n" + STEP % 20)
service("early", STEP % 20)


async def main():
    aioservice.load("early")
    await aioservice.boot(debug=False)
    aioservice.init(debug=False)
    await asyncio.sleep_ms(100)
    for name in "page", "early":
        aioservice.critical_chain(name)


asyncio.run(main())
