# asyncmd prints them as a dict happens to hold them. Here it is the order in which they were loaded.

from _services import asyncio, aioctl, aioservice, service, turns

TASK = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)
"""
for name in ("a", "b", "c", "d", "e", "f"):
    service(name, TASK)


async def main():
    for name in ("d", "b", "f"):
        aioservice.load(name)
    # a further instance, and one that is started again, keep their place
    aioservice.load("d")
    aioctl.stop("b.service")
    await turns()
    aioservice.load("b")
    await turns()
    aioservice.status()
    # then the others
    aioservice.list()
    # unloaded and loaded again, it is the last
    aioservice.unload("d")
    aioservice.load("d")
    aioservice.status()


asyncio.run(main())
