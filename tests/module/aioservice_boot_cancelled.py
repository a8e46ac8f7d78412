# A boot that is cancelled or takes too long stops what it has started, and another can follow.

from _services import asyncio, aioctl, aioservice, core, turns

core(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        try:
            await test.go.wait()
        finally:
            print("a ends")
        return 42
""",
)
core(
    "b",
    """
    require = "a"

    @aioctl.aiotask
    async def task(self):
        print("b runs")
""",
)


async def other():
    await asyncio.sleep(10)


async def main():
    global go
    go = asyncio.Event()
    aioctl.add(other)

    # cancelled
    boot = asyncio.create_task(aioservice.boot(debug=False))
    await turns()
    boot.cancel()
    try:
        await boot
    except asyncio.CancelledError:
        print("CancelledError")
    await turns()
    print(aioctl.group().tasks["a.service"].state, "b.service" in aioctl.group().tasks)

    # timed out
    try:
        await asyncio.wait_for(aioservice.boot(debug=False), 0)
    except asyncio.TimeoutError:
        print("TimeoutError")
    await turns()
    print(aioctl.group().tasks["a.service"].state, aioctl.group().tasks["other"].state)

    # cancelled before its first step
    boot = asyncio.create_task(aioservice.boot(debug=False))
    boot.cancel()
    await turns()
    print(boot.done())

    # in time
    go.set()
    print(sorted((await asyncio.wait_for(aioservice.boot(debug=False), 20)).items()))


asyncio.run(main())
