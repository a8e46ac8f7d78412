# traceback of a service that failed: the session of the document.

from _services import asyncio, aioctl, aioservice, file, FOLDER, service, turns

file(
    FOLDER + "dofail_service.py",
    """import aioctl
from aioclass import Service


class DoFail(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "fails"
        self.type = "runtime.service"
        self.enabled = True
        self.n = 0

        self.n = 1 / 0


service = DoFail("dofail")
""",
)
# compiled from a string, so that the file's name is the same wherever this runs
exec("async def fail():\n    raise ValueError('later')")
service(
    "later",
    """
    @aioctl.aiotask
    async def task(self):
        await test.fail()
""",
)
service("fine", "\n    async def task(self):\n        pass")


async def main():
    aioservice.init()
    aioservice.traceback("dofail")
    # rtn=True returns the text instead
    text = aioservice.traceback("dofail", rtn=True)
    print(type(text), text.count("\n"), text.startswith("dofail: Traceback\nTraceback"))
    # "" where there is none
    print(repr(aioservice.traceback("fine", rtn=True)))
    aioservice.traceback("fine")

    # one that failed when it ran
    aioservice.load("later")
    await turns()
    text = aioservice.traceback("later", rtn=True)
    print([line for line in text.rstrip().split("\n") if "later_service" not in line])
    # all
    print([line for line in aioservice.traceback(rtn=True).split("\n") if ": Traceback" in line])


asyncio.run(main())
