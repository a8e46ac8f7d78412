# A stop by the user is final in every phase, and takes back what would have started the service again.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

starts = []
mode = "raises"


async def run(service):
    starts.append(now() - base)
    if mode == "raises":
        raise ValueError("soon")
    try:
        await asyncio.sleep(1000)
    finally:
        if mode == "fails at its end":
            raise OSError(5)
        if mode == "cleans up":
            await asyncio.sleep_ms(50)


service(
    "a",
    """
    restart = {"policy": "always", "delay_ms": 100}
    @aioctl.aiotask
    async def task(self):
        await test.run(self)
""",
)


async def start(how):
    global base, mode
    mode = how
    starts.clear()
    base = now()
    aioservice.load("a")
    await asyncio.sleep_ms(50)


async def outcome(what):
    await asyncio.sleep(60)
    task = aioctl.group().tasks.get("a.service")
    print(what, starts, task and task.state, repr(aioctl.result("a.service")) if task else "")


async def main():
    # while it waits for its restart
    await start("raises")
    aioctl.stop("a.service")
    await outcome("stop during the delay:")
    await start("raises")
    aioctl.stop()
    await outcome("stop all during the delay:")
    await start("raises")
    aioservice.unload("a")
    await outcome("unload during the delay:")
    await start("raises")
    aioctl.delete("a.service")
    await outcome("delete during the delay:")

    # while it runs
    await start("goes on")
    aioctl.stop("a.service")
    await outcome("stop:")
    await start("fails at its end")
    aioctl.stop("a.service")
    await outcome("a failure while it is stopped:")

    # before its first step
    await start("goes on")
    aioctl.stop("a.service")
    await asyncio.sleep_ms(1)
    starts.clear()
    aioctl.start("a.service")
    aioctl.stop("a.service")
    await outcome("stop before the first step:")

    # a stop takes a restart and a start back that wait for the end
    await start("cleans up")
    aioservice.restart("a")
    aioctl.stop("a.service")
    await outcome("restart, stop:")
    await start("cleans up")
    aioctl.stop("a.service")
    aioctl.start("a.service")
    await asyncio.sleep_ms(10)
    aioctl.stop("a.service")
    await outcome("stop, start, stop:")
    await start("cleans up")
    aioctl.stop("a.service")
    aioservice.load("a")
    await asyncio.sleep_ms(10)
    aioservice.unload("a")
    await outcome("stop, load, unload:")

    # and a start after it counts again
    await start("cleans up")
    aioctl.stop("a.service")
    await asyncio.sleep_ms(10)
    aioctl.start("a.service")
    await outcome("stop, start:")
    aioctl.stop("a.service")
    await asyncio.sleep(1)

    # a policy that is changed while it waits counts for the run after the next load
    await start("raises")
    aioservice.service("a").restart = "never"
    aioctl.stop("a.service")
    aioservice.load("a")
    await outcome("never by now:")


asyncio.run(main())
