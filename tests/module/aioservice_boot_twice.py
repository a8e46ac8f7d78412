# A second boot: after the first it runs them all again, beside it it is refused.

from _services import asyncio, aioctl, aioservice, core, turns

go = asyncio.Event()
core(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        test.runs += 1
        await test.go.wait()
        return test.runs
""",
)
runs = 0


async def main():
    go.clear()
    boot = asyncio.create_task(aioservice.boot(debug=False))
    await turns()
    try:
        await aioservice.boot(debug=False)
    except RuntimeError as e:
        print(e)
    go.set()
    print(await boot)
    print(await aioservice.boot(debug=False), aioctl.tasks_match("*"))

    # one that is over can be awaited once more, and starts nothing
    boot = aioservice.boot(debug=False)
    print(await boot, await boot)

    # one that is never awaited does nothing
    aioservice.boot()
    await turns()
    print(runs)


asyncio.run(main())

# on a new loop
asyncio.new_event_loop()
asyncio.run(main())
