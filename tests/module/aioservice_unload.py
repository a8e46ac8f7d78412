# unload: stops a service with its instances and children, from outside and from within.

from _services import asyncio, aioctl, aioservice, service, turns

service(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.child, "child")
        await asyncio.sleep(10)

    @aioctl.aiotask
    async def child(self):
        await asyncio.sleep(10)

    def on_stop(self, *args):
        print("on_stop")
""",
)
service(
    "itself",
    """
    @aioctl.aiotask
    async def task(self):
        print("unload", aioservice.unload("itself"))
        try:
            await asyncio.sleep(10)
            print("never printed")
        except asyncio.CancelledError:
            print("cancelled")
            raise
""".replace("aioservice", "test.aioservice"),
)
service(
    "hook",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)

    def on_stop(self, *args):
        raise ValueError("in on_stop")
""",
)


async def main():
    aioservice.load("a")
    aioservice.load("a")
    await turns()
    tasks = [aioctl.group().tasks[name] for name in aioctl.tasks_match("*")]
    print([t.name for t in tasks])
    print(aioservice.unload("a"), aioctl.tasks_match("*"), aioservice.service("a"))
    await turns()
    print([t.state for t in tasks])
    aioservice.status("a")
    print(aioservice.unload("a"))
    # and loaded once more
    print(aioservice.load("a"))
    await turns()
    print(aioctl.tasks_match("*"))
    aioservice.unload("a")

    # one that never was loaded
    service("never", "\n    task = None")
    print(aioservice.unload("itself"))

    # from within
    aioservice.load("itself")
    await turns()
    print(aioctl.tasks_match("*"), aioservice.service("itself"))

    # a hook that raises does not keep it
    aioservice.load("hook")
    await turns()
    hook = aioctl.group().tasks["hook.service"]
    print(aioservice.unload("hook"))
    await turns()
    print(hook.state, aioctl.tasks_match("*"))


asyncio.run(main())
