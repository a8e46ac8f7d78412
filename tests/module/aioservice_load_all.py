# load() of no name loads all that is enabled, and answers whether all went well.

from _services import asyncio, aioctl, aioservice, service, core, turns

TASK = """
    enabled = %s

    @aioctl.aiotask
    async def task(self):
        print(self.name)
"""
service("b", TASK % True)
service("a", TASK % True)
service("not", TASK % False)
core("c", TASK % True)


async def main():
    print(aioservice.load())
    await turns()
    service("dofail", "\n    1 / 0")
    aioservice.load("dofail")
    print(aioservice.load(debug=True))
    await turns()


asyncio.run(main())
