# Starting a service starts all that it requires, however far, and says nothing else; one that was stopped, and
# waits for those that require it to end, is not started again by its policy.

import sys

import _clock
from _clock import asyncio
from _services import Clock, aioctl, aioservice, service

service(
    "a",
    """
    restart = {"policy": "always", "delay_ms": 1}
    lasts_ms = 100000

    @aioctl.aiotask
    async def task(self):
        print("+a")
        await asyncio.sleep_ms(self.lasts_ms)
        print("a returns")
""",
)
for name, required in ("b", "a"), ("c", "b"), ("d", "c"):
    service(
        name,
        """
    require = "%s"

    @aioctl.aiotask
    async def task(self):
        print("+" + self.name)
        try:
            await asyncio.sleep(1000)
        finally:
            await asyncio.sleep_ms(50)
            print("-" + self.name)
"""
        % required,
    )


async def act(title, fun, *args, ms=0):
    print(title, *args)
    print(fun(*args))
    await asyncio.sleep_ms(ms)
    print([(task.name[0], task.state) for task in sorted(aioctl.group().tasks.values(), key=lambda task: task.name)])


async def main():
    sys.modules["time"] = Clock()
    await act("load", aioservice.load, "d", ms=10)
    for start in aioctl.start, aioservice.restart, aioservice.load:
        await act("stop", aioctl.stop, "a", ms=400)
        await act("start", start, "d", ms=10)
    # a returns while it waits for d, c and b
    aioservice.service("a").lasts_ms = 30
    await act("restart", aioservice.restart, "a", ms=160)
    await act("stop", aioctl.stop, "a", ms=400)


asyncio.run(main())
