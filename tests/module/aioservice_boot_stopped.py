# A core service stopped from outside has not ended well: who requires it does not run.

from _services import asyncio, aioctl, aioservice, core, turns

core(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)

    def on_stop(self, *args):
        return "stopped by hand"
""",
)
core(
    "b",
    """
    require = "a"

    @aioctl.aiotask
    async def task(self):
        print("never printed")
""",
)
core(
    "c",
    """
    require = "b"

    @aioctl.aiotask
    async def task(self):
        print("never printed")
""",
)
core(
    "d",
    """
    require = "c"

    @aioctl.aiotask
    async def task(self):
        print("never printed")
""",
)


async def main():
    for stop in (lambda: aioctl.stop("a.service"), lambda: aioctl.group().tasks["a.service"].task.cancel()):
        boot = asyncio.create_task(aioservice.boot())
        await turns()
        stop()
        results = await boot
        print(results["a"], repr(results["b"]))

    # before its turn has come
    boot = asyncio.create_task(aioservice.boot())
    await turns()
    print(aioctl.stop("c.service"))
    aioctl.stop("a.service")
    print(sorted((name, repr(result)) for name, result in (await boot).items()))
    aioservice.status("c")

    # deleted or unloaded meanwhile, it has ended too
    boot = asyncio.create_task(aioservice.boot(debug=False))
    await turns()
    aioctl.delete("a.service")
    print(repr((await boot)["b"]))
    boot = asyncio.create_task(aioservice.boot(debug=False))
    await turns()
    aioservice.unload("a")
    print(repr((await boot)["b"]))


asyncio.run(asyncio.wait_for(main(), 20))
