# Where services are named: as an attribute, in kwargs, in services.config, there beside kwargs or in it; with
# or without ".service"; a name, a list or a tuple. A further instance requires the same.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, config, service, turns

log = []
kwargs = {"kw": {"require": "net.service"}}
TASK = """
    %s

    def __init__(self, name):
        super().__init__(name)
        self.kwargs = dict(test.kwargs.get(name, {}))

    @aioctl.aiotask
    async def task(self, **kwargs):
        test.log.append("+" + self.name)
        try:
            await asyncio.sleep(1000)
        finally:
            test.log.append("-" + self.name)
"""
service("net", TASK % "")
service("attr", TASK % 'require = "net"')
service("dotted", TASK % 'require = ["net.service"]')
service("tuple", TASK % 'require = ("net",)')
service("kw", TASK % "")
service("conf", TASK % "")
service("confkw", TASK % "")
service(
    "given",
    """
    require = ["net"]

    @aioctl.aiotask
    async def task(self, require=None):
        print("given", require)
        await asyncio.sleep(1000)
""",
)


def states(pattern="*"):
    print([(name, aioctl.group().tasks[name].state) for name in sorted(aioctl.tasks_match(pattern))])


async def main():
    config(conf={"require": "net"}, confkw={"kwargs": {"require": ["net.service"]}})
    for name in "attr", "dotted", "tuple", "kw", "conf", "confkw":
        print(aioservice.load(name, config=True))
        await turns()
        aioctl.stop("net.service")
        await turns()
        print(log)
        log.clear()

    # instances: further ones start at once, as what they require is up, and all end before it
    aioservice.load("attr")
    await turns()
    aioservice.load("attr")
    aioservice.load("attr")
    await turns()
    states("attr*")
    aioctl.stop("net.service")
    await turns()
    states("attr*")
    print(log)
    log.clear()

    # a further instance of what is required holds nothing up
    aioservice.load("attr")
    await turns()
    aioservice.load("net")
    await turns()
    states("net*")
    aioctl.stop("net.service@1")
    await turns()
    states("attr.service")

    # unload of what is required ends what requires it
    log.clear()
    print(aioservice.unload("net"))
    await turns(8)
    print(log)
    states("attr.service")
    print(aioservice.load("attr"))
    await turns()
    states("attr.service")
    aioservice.load("given")


asyncio.run(main())
