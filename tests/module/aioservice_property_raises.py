# A service whose property raises fails alone: all others go on.

from _services import asyncio, aioctl, aioservice, service, core, turns

TASK = """
    enabled = True

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(0)
"""
RAISES = """
    @property
    def %s(self):
        raise ValueError("property raises")

    @%s.setter
    def %s(self, value):
        pass
"""
core("core", TASK)
service("fine", TASK)
service("zebra", TASK)


async def main():
    for name in ("kwargs", "args", "schedule"):
        service("bad_" + name, TASK + RAISES % (name, name, name))
        print(aioservice.load("bad_" + name))
        print(aioservice.traceback("bad_" + name, rtn=True).rstrip().split("\n")[-1])

    # a type nobody can ask for
    service("bad_type", TASK + RAISES % ("type", "type", "type"))
    aioservice.load("bad_type")
    await turns()
    aioctl.delete("*")
    print(await aioservice.boot(debug=False))
    aioservice.init(debug=False)
    print([name for name in aioctl.tasks_match("*") if not name.startswith("bad")])


asyncio.run(main())
