# There is never a second copy of a child: the one that takes its place starts when the old one has ended, and not at
# all where that does not end.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service

service(
    "p",
    """
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, test.kid, "kid", test.ends)
        await asyncio.sleep(1000)
""",
)
alive = started = 0
ends = False


async def kid(self, ends):
    global alive, started
    alive += 1
    started += 1
    n = started
    print("+%d" % n, alive)
    while True:
        try:
            await asyncio.sleep(1000)
        except asyncio.CancelledError:
            if ends:
                break
    await asyncio.sleep_ms(20)
    alive -= 1
    print("-%d" % n, alive)


async def act(what, fun, *args):
    print(what)
    fun(*args)
    await asyncio.sleep_ms(50)
    print(sorted((task.name[10:], task.state) for task in aioctl.group().tasks.values()))


async def main():
    global ends
    sys.modules["time"] = Clock()
    ends = True
    await act("load", aioservice.load, "p")
    await act("restart", aioservice.restart, "p")
    await act("add_ctask", aioservice.service("p").add_ctask, aioctl, kid, "kid", True)
    ends = False
    await act("restart", aioservice.restart, "p")
    for _ in range(3):
        await act("restart", aioservice.restart, "p")
    await asyncio.sleep(6)
    await act("stop", aioctl.stop, "p")


asyncio.run(main())
