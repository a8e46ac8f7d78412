# reload(name) ends the service and what requires it, reads its file anew, and starts all of them again. A stopped one stays
# stopped; one that could not be imported is tried again; a file that is broken now is an error, and what requires it is told.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "reload"):
    print("SKIP")
    raise SystemExit

NET = """
    @aioctl.aiotask
    async def task(self):
        print("+%s %s" % (self.name, "VERSION"))
        try:
            await asyncio.sleep(1000)
        finally:
            print("-%s" % self.name)
"""


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def reload(name):
    print("reload", name, aioservice.reload(name))
    await asyncio.sleep_ms(20)
    states()


async def main():
    service("net", NET.replace("VERSION", "1"))
    service("web", '\n    require = "net"' + NET.replace("VERSION", "1"))
    aioservice.load("web")
    await asyncio.sleep_ms(20)
    service("net", NET.replace("VERSION", "2"))
    await reload("net")
    aioctl.stop("net.service")
    await asyncio.sleep_ms(20)
    service("net", NET.replace("VERSION", "3"))
    await reload("net")
    aioservice.load("web")
    await asyncio.sleep_ms(20)
    service("net", "\n    oops(")
    await reload("net")
    aioservice.status()
    service("net", NET.replace("VERSION", "4"))
    await reload("net")
    await reload("nothing")


asyncio.run(main())
