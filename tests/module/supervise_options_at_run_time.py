# Attributes of supervision can be changed while a service runs: they hold from its next end on.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

starts = []

service(
    "x",
    """
    @aioctl.aiotask
    async def task(self):
        test.starts.append(test.now())
        await asyncio.sleep(1)
        raise ValueError("x")
""",
)


async def main():
    aioservice.load("x")
    x = aioservice.service("x")
    await asyncio.sleep(0.5)
    print("- it had none, and is given a policy")
    x.restart = {"delay_ms": 300, "factor": 1, "burst": 100}
    await asyncio.sleep(2.5)
    print(starts)

    print("- another delay")
    starts.clear()
    x.restart.update(delay_ms=50, healthy_ms=500)
    await asyncio.sleep(3)
    print([b - a for a, b in zip(starts, starts[1:])])

    print("- a watchdog, from its next start on")
    x.restart = "never"
    await asyncio.sleep(2)
    x.watchdog_ms = 200
    aioctl.start("x.service")
    await asyncio.sleep(0.5)
    print(aioctl.result("x.service"))

    print("- what is wrong is said, and what held before holds on")
    x.watchdog_ms = "soon"
    aioctl.start("x.service")
    await asyncio.sleep(0.5)
    print(aioctl.result("x.service"))

    print("- none any more")
    x.watchdog_ms = 0
    starts.clear()
    aioctl.start("x.service")
    await asyncio.sleep(2)
    print(len(starts), aioctl.result("x.service"))


asyncio.run(main())
