# Others may await a core service's task while boot waits for it, and it may run already.

from _services import asyncio, aioctl, aioservice, core, turns

core(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        print("a runs")
        await test.go.wait()
        return 42
""",
)


async def waiter(name):
    print(name, await aioctl.group().tasks["a.service"].task)


async def main():
    global go
    go = asyncio.Event()
    boot = asyncio.create_task(aioservice.boot(debug=False))
    await turns()
    others = [asyncio.create_task(waiter(i)) for i in range(3)]
    await turns()
    go.set()
    print(await boot)
    await asyncio.gather(*others)

    # loaded by hand before: waited for, not started a second time
    go.clear()
    aioservice.load("a")
    await turns()
    boot = asyncio.create_task(aioservice.boot(debug=False))
    await turns()
    go.set()
    print(await boot, aioctl.tasks_match("*"))


asyncio.run(asyncio.wait_for(main(), 20))
