# boot: a core service starts when all that it requires has ended well.

from _services import asyncio, aioctl, aioservice, core, service

TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        print(self.name, "begins")
        await asyncio.sleep_ms(0)
        await asyncio.sleep_ms(0)
        print(self.name, "ends")
        return self.name.upper()
"""
core("a", TASK % '"b"')
core("b", TASK % '["d", "c"]')
core("c", TASK % '"d"')
core("d", TASK % "None")
service("runtime", TASK % "None")


async def main():
    print(sorted((await aioservice.boot()).items()))
    print(aioctl.tasks())
    aioservice.status()


asyncio.run(main())
