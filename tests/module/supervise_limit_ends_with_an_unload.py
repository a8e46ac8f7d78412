# A service that was unloaded and is loaded anew begins with a clean count of short runs, also where others name it; what has
# hit its start limit says so where it is not started.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

BODY = """
    require = %s
    restart = {"policy": "%s", "burst": 3, "delay_ms": 10, "then": test.then}

    @aioctl.aiotask
    async def task(self):
        return test.run(self)
"""
runs = []


def run(service):
    runs.append(service.name)
    if service.name == "net":
        raise OSError(5)


def then(service):
    print(service.name, "hit its limit after", len(runs))
    runs.clear()


service("net", BODY % (None, "on_failure"))
service("web", BODY % ("'net'", "always"))


async def main():
    print("- net fails")
    print(aioservice.load("web"))
    await asyncio.sleep(1)
    for fun in aioservice.load, aioservice.restart, aioctl.start:
        print(fun("net"), len(runs))

    print("- it is unloaded, and web names it still")
    print(aioservice.unload("net"), aioservice.load("net"))
    await asyncio.sleep(1)
    aioservice.status("net")

    print("- after two short runs")
    aioservice.reset_failed("net")
    aioservice.load("net")
    await asyncio.sleep_ms(15)
    print(len(runs))
    runs.clear()
    print(aioservice.unload("net"), aioservice.load("net"))
    await asyncio.sleep(1)

    print("- too many clean ends")
    service("net", BODY.replace("return test.run(self)", "await asyncio.sleep(100)") % (None, "never"))
    print(aioservice.unload("net"), aioservice.load("web"))
    await asyncio.sleep(1)
    aioservice.status("web")
    for fun in aioservice.load, aioservice.restart, aioctl.start:
        print(fun("web"))
    print(aioservice.unload("web"), aioservice.load("web"))
    await asyncio.sleep(1)


asyncio.run(main())
