# A load that was refused stays wanted, also before the service ever had a task. stop() calls that off: the service does not
# start when what it requires is back.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service, turns

BODY = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(100)
"""
service("net", BODY % None)
service("web", BODY % "'net'")
service("api", BODY % "'web'")


def states():
    print([(name[: name.index(".")], task.state) for name, task in sorted(aioctl.group().tasks.items())])


# Loads what is refused, calls `off`, and starts what was required.
async def case(what, *off):
    print("-", what)
    net = aioservice.service("net")
    net.loaded = False
    print(aioservice.load("api"))
    states()
    for fun, *args in off:
        print(fun(*args))
    await turns()
    net.loaded = True
    aioservice.load("net")
    await turns(8)
    states()
    for name in "web", "api":
        aioservice.status(name)
        aioservice.unload(name)
    aioctl.delete("net")
    await turns(8)


async def main():
    await case("nothing is called off")
    await case("stop of web", (aioctl.stop, "web"))
    await case("stop of api, by the name of its task", (aioctl.stop, "api.service"))
    await case("stop of all", (aioctl.stop,))
    await case("stop of a pattern", (aioctl.stop, "*.service"))
    await case("stop, and another load", (aioctl.stop, "web"), (aioservice.load, "web"))


asyncio.run(main())
