# A CancelledError that nobody sent to the service is a failure like any exception; Task.cancel() from outside is a stop
# by its user.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service

runs = 0


async def sleep():
    await asyncio.sleep(1000)


service(
    "awaits",
    """
    restart = {"delay_ms": 100, "factor": 1, "burst": 3}

    @aioctl.aiotask
    async def task(self):
        test.runs += 1
        raw = asyncio.create_task(test.sleep())
        await asyncio.sleep_ms(1)
        raw.cancel()
        await raw

    def on_error(self, exc, *args, **kwargs):
        print("on_error", repr(exc))
        return exc
""",
)
service(
    "needs",
    """
    require = "awaits"

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
)
service(
    "lone",
    """
    restart = "always"

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)

    def on_stop(self, *args, **kwargs):
        return "told"
""",
)
service("with_lone", "    require = 'lone'\n    @aioctl.aiotask\n    async def task(self):\n        await asyncio.sleep(1000)\n")


def states():
    print(runs, sorted((task.name, task.state) for task in aioctl.group().tasks.values()))


async def main():
    sys.modules["time"] = Clock()
    aioservice.load("needs")
    await asyncio.sleep_ms(1000)
    states()
    aioctl.delete("*")

    for name in "lone", "with_lone":
        aioservice.load(name)
        await asyncio.sleep_ms(10)
        aioctl.group().tasks["lone.service"].task.cancel()
        await asyncio.sleep_ms(1000)
        states()
        print(aioctl.result("lone"))


asyncio.run(main())
