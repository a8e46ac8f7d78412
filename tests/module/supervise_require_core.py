# What a core service requires counts without a boot, too; and what boot has refused, init does not run.

import sys

import _clock
from _clock import asyncio
from _services import Clock, aioctl, aioservice, core, service

fails = True
STEP = """
    require = %r

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(5)
        print("    " + self.name)
"""
core(
    "net",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(5)
        if test.fails:
            raise OSError(5)
        print("    net")
""",
)
core("dep", STEP % "net")
core("p", STEP % "q")
core("q", STEP % "p")
service("app", "    enabled = True" + STEP % "dep")
service("pq", "    enabled = True" + STEP % "p")


async def settled(what):
    await asyncio.sleep_ms(30)
    print(what, sorted((task.name, task.state) for task in aioctl.group().tasks.values()))


async def load_app():
    await asyncio.sleep_ms(2)
    print(aioservice.load("app"))


async def main():
    global fails
    sys.modules["time"] = Clock()
    await aioservice.boot()
    aioservice.init()
    await settled("init")
    for what in "app", "dep", "pq":
        print(aioservice.load(what))
        await settled("load " + what)
    fails = False
    print(aioservice.load("app"))
    await settled("load app")
    aioctl.delete("*")
    print(aioservice.load("dep"))
    await settled("load dep")

    # while boot is under way it sees to core services, and what requires them waits for that
    for fails in True, False:
        aioctl.delete("*")
        asyncio.create_task(load_app())
        await aioservice.boot(debug=False)
        await settled("boot")


asyncio.run(main())
