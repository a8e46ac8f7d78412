# critical_chain() of a runtime service shows the core services that boot had brought up before it started, though it does
# not name them; what was up only later, and what it names, is told apart.

import _clock
from _services import asyncio, aioctl, aioservice, core, service

core(
    "disk",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(30)
""",
)
core(
    "clock",
    """
    require = "disk"

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(20)
""",
)
core(
    "late",
    """
    enabled = False

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(40)
""",
)
BODY = """
    enabled = %s
    require = %s
    ready_ms = 1000

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(%d)
        self.ready()
        await asyncio.sleep(100)
"""
service("alone", BODY % (True, None, 5))
service("above", BODY % (True, "'alone'", 7))
service("before", BODY % (False, None, 11))


async def main():
    aioservice.load("before")
    await asyncio.sleep_ms(100)
    await aioservice.boot(debug=False)
    aioservice.init(debug=False)
    await asyncio.sleep_ms(100)
    aioservice.load("late")
    await asyncio.sleep_ms(100)
    for name in "alone", "above", "before", "clock", "late":
        print("-", name)
        aioservice.critical_chain(name)


asyncio.run(main())
