# Two services, each with its own children: stopping or unloading one leaves the other alone.

from _services import asyncio, aioctl, aioservice, service, turns

TASK = """
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.child, "child")
        await asyncio.sleep(10)

    @aioctl.aiotask
    async def child(self):
        await asyncio.sleep(10)
"""
service("a", TASK)
service("b", TASK)


def states():
    print([(name, aioctl.group().tasks[name].state) for name in aioctl.tasks_match("*")])


async def main():
    aioservice.load("a")
    aioservice.load("b")
    await turns()
    aioctl.stop("a.service")
    await turns()
    states()
    aioctl.start("a.service")
    await turns()
    states()
    aioservice.unload("b")
    await turns()
    states()
    aioservice.status()


asyncio.run(main())
