# What cannot be had: a requirement that is missing, disabled, does not import, or requires what requires it.

import _clock
from _clock import asyncio
from _services import FOLDER, aioctl, aioservice, config, core, file, service, turns

TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self, **kwargs):
        print(self.name, "begins")
        await asyncio.sleep(100)
"""
service("lone", TASK % '"nowhere"')
service("cut", TASK % '["off"]')
service("off", TASK % None)
service("above", TASK % '("broken",)')
file(FOLDER + "broken_service.py", "1 / 0\n")
service("a", TASK % '"b"')
service("b", TASK % '"c.service"')
service("c", TASK % '["fine", "a"]')
service("fine", TASK % None)
service("self", TASK % '"self"')
service("number", TASK % "[3]")
service("second", TASK % '"lone"')
core(
    "disk",
    """
    @aioctl.aiotask
    async def task(self):
        raise OSError(5)
""",
)
service("store", TASK % '"disk"')
service("web", TASK % '"store"')


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def main():
    config(off={"enabled": False})
    for name in "lone", "cut", "above", "a", "b", "self", "number", "second":
        print(name, aioservice.load(name))
        await turns()
        states()
        aioctl.stop("fine.service")
        await turns()
        aioctl.delete("*")

    # what fails at its start is known a turn later; all that hangs on it is refused, and nothing begins
    print(aioservice.load("web"))
    await turns(10)
    states()
    aioservice.status("store")
    aioservice.status("web")

    # mended: what was missing is there now
    service("nowhere", TASK % None)
    print(aioservice.load("second"))
    await turns(10)
    states()
    aioservice.status()


asyncio.run(main())
