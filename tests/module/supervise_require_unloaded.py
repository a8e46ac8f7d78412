# A service whose requirement was unloaded does not run without it: starting it loads that again, as a load does, or
# it is refused.

import sys

import _clock
from _clock import asyncio
from _services import Clock, aioctl, aioservice, files, service, turns

service(
    "net",
    """
    @aioctl.aiotask
    async def task(self):
        print("+net")
        await asyncio.sleep(1000)
""",
)
service(
    "web",
    """
    require = "net"

    @aioctl.aiotask
    async def task(self):
        print("+web")
        await asyncio.sleep(1000)
""",
)


service(
    "report",
    """
    type = "schedule.service"
    require = "net"
    schedule = {"start_in": 0, "repeat": 100}

    @aioctl.aiotask
    async def task(self):
        print("+report")
""",
)


def states():
    return [(name, task.state) for name, task in sorted(aioctl.group().tasks.items())]


async def main():
    sys.modules["time"] = Clock()
    aioservice.load("web")
    await turns()

    for start in aioctl.start, aioservice.restart:
        aioservice.unload("net")
        await turns()
        print(states())
        print(start("web"))
        await turns()
        print(states())

    # the same for one that a schedule starts
    print("report")
    aioservice.load("report")
    aioservice.init()
    await turns(8)
    aioctl.stop("web")
    aioservice.unload("net")
    await turns()
    print(states())
    print(aioctl.start("report"))
    await turns(8)
    print(states())
    print("web")
    print(aioctl.start("web"))
    await turns()

    # its file is gone, too
    print("no file")
    aioservice.unload("net")
    await turns()
    files.remove("aioservices/services/net_service.py")
    print(aioctl.start("web"))
    print(aioservice.restart("web"))
    print(aioctl.start("report"))
    await turns()
    print(states())
    aioctl.status("web")
    aioservice.status("web")


asyncio.run(main())
