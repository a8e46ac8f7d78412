# boot with core services that are supervised: a failed one that is started again is waited for, one that ended well is
# not waited for again, and one that is stuck, was loaded anew meanwhile, or is stopped while it waits for its next run,
# holds up nothing.

import sys

import _clock
from _clock import asyncio
from _services import Clock, aioctl, aioservice, core

runs = {"net": 0, "lim": 0}

for name, burst in ("net", 5), ("lim", 2):
    core(
        name,
        """
    restart = {"delay_ms": 20, "burst": %d}

    @aioctl.aiotask
    async def task(self):
        test.runs[self.name] += 1
        if test.runs[self.name] < 3:
            raise OSError(5)
        return "ip"
"""
        % burst,
    )
core(
    "always",
    """
    restart = {"policy": "always", "delay_ms": 30}

    @aioctl.aiotask
    async def task(self):
        return 1
""",
)
core(
    "stuck",
    """
    stop_ms = watchdog_ms = 20

    @aioctl.aiotask
    async def task(self):
        while True:
            try:
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                pass
""",
)
core(
    "slow",
    """
    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep_ms(50)
        finally:
            print("-slow")
        return "slow"
""",
)
core(
    "bad",
    """
    @aioctl.aiotask
    async def task(self):
        return ValueError("returned")
""",
)
core(
    "waits",
    """
    restart = {"delay_ms": 10000}

    @aioctl.aiotask
    async def task(self):
        raise OSError(5)
""",
)
for name in "net", "lim", "always", "stuck", "slow", "bad", "waits":
    core(
        "after_" + name,
        """
    require = %r

    @aioctl.aiotask
    async def task(self):
        print("+" + self.name)
"""
        % name,
    )


async def reload():
    await asyncio.sleep_ms(10)
    print("unload", aioservice.unload("slow"))
    print("load", aioservice.load("slow"))
    print("stop", aioctl.stop("waits"))
    print("load", aioservice.load("after_net"))  # has to wait for its turn


def show(results):
    for name in sorted(results):
        print(name, repr(results[name]))


def states(*names):
    print([(name, aioctl.group().tasks[name + ".service"].state) for name in names])


async def main():
    sys.modules["time"] = Clock()
    asyncio.create_task(reload())
    show(await asyncio.wait_for(aioservice.boot(), 5))
    states("net", "lim", "stuck")

    aioservice.unload("waits")
    aioservice.unload("after_waits")

    print("\nonce more: what is stuck or has hit its limit is not tried")
    show(await asyncio.wait_for(aioservice.boot(debug=False), 5))

    print("\na boot that is given up ends what it has started, for good")
    try:
        await asyncio.wait_for_ms(aioservice.boot(debug=False), 5)
    except asyncio.TimeoutError:
        print("timeout")
    await asyncio.sleep_ms(100)
    states("slow", "after_slow")


asyncio.run(main())
