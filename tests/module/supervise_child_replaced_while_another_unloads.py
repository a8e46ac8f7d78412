# A child is replaced with add_ctask in the turn in which another service is unloaded, while services require others:
# each ends, and the new child starts once.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service, turns

BODY = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
"""
service("net", BODY % None)
service("web", BODY % "'net'")
service("other", BODY % None)
service("above", BODY % "'other'")
service(
    "parent",
    """
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, test.child, "child", 0)
        await asyncio.sleep(1000)
""",
)


async def child(self, n):
    print("+%d" % n)
    try:
        await asyncio.sleep(1000)
    finally:
        print("-%d" % n)


def replace(n):
    aioservice.service("parent").add_ctask(aioctl, child, "child", n)


def states():
    print([(name.replace(".service", ""), task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def main():
    for name in "web", "other", "parent":
        aioservice.load(name)
    await turns()
    states()

    print("- unloaded, then replaced")
    print(aioservice.unload("other"))
    replace(1)
    await turns()
    states()

    print("- replaced, then unloaded")
    aioservice.load("other")
    await turns()
    replace(2)
    print(aioservice.unload("other"))
    await turns()
    states()

    print("- the other one is required")
    aioservice.load("above")
    await turns()
    print(aioservice.unload("other"))
    replace(3)
    replace(4)
    await turns()
    states()

    print("- its own service is unloaded")
    print(aioservice.unload("web"), aioservice.unload("net"))
    parent = aioservice.service("parent")
    print(aioservice.unload("parent"))
    parent.add_ctask(aioctl, child, "child", 5)
    await turns()
    states()


asyncio.run(main())
