# asyncmd starts them all the same. Here who requires what failed, directly or not, does not run.

from _services import asyncio, aioctl, aioservice, core

TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        print(self.name, "runs")
        %s
"""
core("a", TASK % ("None", "1 / 0"))
core("b", TASK % ('"a"', "pass"))
core("c", TASK % ('["d", "b"]', "pass"))
core("d", TASK % ("None", "return 42"))


async def main():
    results = await aioservice.boot()
    for name in sorted(results):
        print(name, repr(results[name]))
    aioservice.status()
    print(aioctl.tasks_match("*"))


asyncio.run(main())
