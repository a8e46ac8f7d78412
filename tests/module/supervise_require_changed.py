# What a service requires counts from its load on: what is changed while it runs touches nothing before the next one,
# and a circle that is made so is refused and leaves all as it was.

import sys

from _services import Clock, aioctl, aioservice, asyncio, service, turns

WAITS = """
    %s

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
"""
for name, required in ("a", None), ("b", "a"), ("z", None), ("other", "z"):
    service(name, WAITS % ("require = %r" % required))


async def act(fun, *args):
    print(fun(*args))
    await turns()
    print(sorted((task.name[: task.name.index(".")], task.state) for task in aioctl.group().tasks.values()))


async def main():
    sys.modules["time"] = Clock()
    await act(aioservice.load, "b")

    aioservice.service("b").require = ["a", "nope"]
    await act(aioservice.load, "other")
    await act(aioservice.restart, "b")
    await act(aioservice.load, "b")

    aioservice.service("a").require = "b"
    await act(aioservice.load, "a")
    await act(aioctl.stop, "a")
    aioservice.service("b").require = None
    await act(aioservice.load, "a")


asyncio.run(main())
