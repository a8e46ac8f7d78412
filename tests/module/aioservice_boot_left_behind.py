# A boot left behind by a loop that was replaced does not keep a new one from booting.

from _services import asyncio, aioctl, aioservice, core, turns

core(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        await test.go.wait()
        return 42
""",
)


async def leave():
    asyncio.create_task(aioservice.boot(debug=False))
    await turns()


async def main():
    go.set()
    aioctl.delete("*")
    print(await aioservice.boot(debug=False))


go = asyncio.Event()
asyncio.run(leave())
asyncio.new_event_loop()
go = asyncio.Event()
asyncio.run(asyncio.wait_for(main(), 20))
