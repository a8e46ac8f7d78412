# Cycles of requirements: of itself, two at once, and who depends on one.

from _services import asyncio, aioctl, aioservice, core

TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        return "ran"
"""
core("itself", TASK % '"itself"')
core("x1", TASK % '"x2"')
core("x2", TASK % '["x3"]')
core("x3", TASK % '"x1"')
core("on_cycle", TASK % '"x2"')
core("fine", TASK % "None")


async def main():
    results = await aioservice.boot(debug=False)
    for name in sorted(results):
        print(name, repr(results[name]))


asyncio.run(main())
