# asyncmd keeps the module: a changed file needs a reset. Here the next load reads it anew.

from _services import asyncio, aioctl, aioservice, service, file, FOLDER, turns
import sys

TASK = """
    @aioctl.aiotask
    async def task(self):
        print("version %d")
        await asyncio.sleep(10)
"""


def modules():
    return sorted(name for name in sys.modules if name.endswith("_service"))


async def main():
    service("a", TASK % 1)
    service("other", TASK % 1)
    aioservice.load("a")
    await turns()
    print(modules())
    old = aioservice.service("a")
    print(aioservice.unload("a"), modules())

    service("a", TASK % 2)
    aioservice.load("a")
    await turns()
    print(modules(), aioservice.service("a") is old, type(aioservice.service("a")) is type(old))

    # a service whose name is not its file's, and a failed one
    aioservice.unload("a")
    file(
        FOLDER + "b_service.py",
        """from aioclass import Service

class S(Service):
    async def task(self):
        pass

service = S("named")
""",
    )
    print(aioservice.load("b"), aioservice.service("named"))
    print(modules(), aioservice.unload("named"), modules())
    service("bad", "\n    1 / 0")
    aioservice.load("bad")
    print(aioservice.unload("bad"), aioservice.unload("other"), modules())


asyncio.run(main())
