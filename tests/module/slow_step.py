# A step of a service or child that holds the loop longer than slow_step_ms is told, at most one a second.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "top") or not hasattr(aioservice, "events"):
    print("SKIP")
    raise SystemExit

aioservice.quiet()

BLOCKS = """
    @aioctl.aiotask
    async def task(self, block_ms):
        while True:
            test.block(block_ms)
            await asyncio.sleep_ms(100)
"""


def block(ms):
    _clock.testclock.advance(ms)


service("quick", BLOCKS)
service("slow", BLOCKS.replace("    @", "    slow_step_ms = 5\n\n    @", 1))


async def main():
    for name, ms in ("quick", 8), ("slow", 8):
        aioservice.service(name).args = [ms]
        aioservice.load(name)
    for _ in range(25):
        await asyncio.sleep_ms(100)
    told = [e for e in aioservice.events() if e["kind"] == "slow_step"]
    print({e["service"] for e in told}, 2 <= len(told) <= 4, all(e["ms"] >= 5 for e in told))
    print(told[0]["text"].replace("%d ms" % told[0]["ms"], "N ms"))


asyncio.run(main())
