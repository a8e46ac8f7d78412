# What a service's task is called with: its args and kwargs, or what services.config says.

from _services import asyncio, aioctl, aioservice, service, config, turns

TASK = """
    def __init__(self, name):
        super().__init__(name)
        self.args = [1]
        self.kwargs = {"step": 2, "other": 3}

    @aioctl.aiotask
    async def task(self, n, step=0, other=0, last=0):
        print(self.name, n, step, other, last)
"""
service("own", TASK)
service("configured", TASK)
service("few", TASK)
service("many", TASK)
service("unknown", TASK)


async def main():
    # of its own: changed any time before
    aioservice.load("own")
    await turns()
    aioservice.service("own").args = (5,)
    aioservice.service("own").kwargs["last"] = 4
    aioservice.load("own")
    await turns()

    # services.config is asked only with config=True; its args replace, its kwargs are added
    config(configured={"enabled": True, "args": [7], "kwargs": {"other": 8, "last": 9}})
    aioservice.load("configured")
    await turns()
    print(aioservice.load("configured", config=True))
    await turns()
    s = aioservice.service("configured")
    print(s.args, sorted(s.kwargs.items()), s.enabled)

    # what does not fit the task is the task's failure, and shown as such
    config(few={"args": []}, many={"args": [1, 2, 3, 4, 5]}, unknown={"kwargs": {"setp": 5}})
    aioservice.quiet()
    for name in ("few", "many", "unknown"):
        print(aioservice.load(name, config=True))
        await turns()
        print(aioctl.group().tasks[name + ".service"].state)  # the text beside it is MicroPython's, in several lengths
        print(aioservice.traceback(name, rtn=True).rstrip().split("\n")[-1].split(":")[0])

    aioservice.quiet(False)

    # args that are no list, kwargs that are no dict
    s = aioservice.service("own")
    s.args = 5
    print(aioservice.load("own"))
    print(aioservice.traceback("own", rtn=True).rstrip().split("\n")[-1])
    s.args = []
    s.kwargs = None
    print(aioservice.load("own"))
    print(aioservice.traceback("own", rtn=True).rstrip().split("\n")[-1])

    # and mended
    s.args = [6]
    s.kwargs = {}
    print(aioservice.load("own"), aioservice.traceback("own", rtn=True) == "")
    await turns()
    aioservice.status("own")


asyncio.run(main())
