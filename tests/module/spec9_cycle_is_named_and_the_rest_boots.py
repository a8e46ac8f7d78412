# asyncmd never comes back from a cycle of requirements. Here it is named, and the rest boots.

from _services import asyncio, aioservice, core

TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        print(self.name, "runs")
"""
core("a", TASK % '"b"')
core("b", TASK % '"a"')
core("c", TASK % '"d"')
core("d", TASK % "None")


async def main():
    print(sorted((await aioservice.boot()).items()))
    aioservice.status("a")


asyncio.run(asyncio.wait_for(main(), 20))
