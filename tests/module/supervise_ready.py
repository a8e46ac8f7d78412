# ready_ms: the service is starting until it calls ready(), and has failed where it does not in time.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service


def say(*what):
    print(now() - base, *what)


def state(name):
    return aioctl.group().tasks[name + ".service"].state


HEAD = """
    ready_ms = 100
    @aioctl.aiotask
    async def task(self):
"""
LAST = "        await asyncio.sleep(9)\n"
service("in_time", HEAD + "        await asyncio.sleep_ms(99)\n        self.ready()\n" + LAST)
service("at_once", HEAD + "        self.ready()\n        self.ready()\n        await asyncio.sleep(9)\n")
service(
    "never",
    """
    ready_ms = 100
    def on_error(self, exc, *args, **kwargs):
        test.say("on_error", repr(exc))
        return exc
    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(9)
        except asyncio.CancelledError:
            test.say("told to end")
            await asyncio.sleep_ms(30)
            raise
""",
)
service(
    "swallows",
    """
    ready_ms = 100
    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(9)
        except asyncio.CancelledError:
            return "well"
""",
)
service("returns", HEAD + "        return 'early'\n")
service("raises", HEAD + "        1 / 0\n")
service(
    "child",
    HEAD + "        self.add_ctask(aioctl, self.get_ready, 'blink')\n        await asyncio.sleep(9)\n"
    "    @aioctl.aiotask\n    async def get_ready(self):\n        self.ready()\n",
)
service(
    "without",
    """
    @aioctl.aiotask
    async def task(self):
        self.ready()
        self.feed()
        await asyncio.sleep(9)
""",
)
service(
    "again",
    """
    ready_ms = 100
    restart = {"burst": 3}
    @aioctl.aiotask
    async def task(self):
        test.say("start")
        await asyncio.sleep(9)
""",
)


async def start(name):
    global base
    base = now()
    aioservice.load(name)
    await asyncio.sleep_ms(0)
    say(state(name))


async def main():
    sys.modules["time"] = Clock()
    await start("in_time")
    aioctl.status("in_time.service")
    await asyncio.sleep_ms(98)
    say(state("in_time"))
    await asyncio.sleep_ms(2)
    say(state("in_time"))
    await asyncio.sleep_ms(400)
    say(state("in_time"))

    await start("at_once")
    await asyncio.sleep_ms(400)
    say(state("at_once"))

    # it is told to end, and how it does is a failure like one of its own
    await start("never")
    await asyncio.sleep_ms(101)
    say(state("never"))
    await asyncio.sleep_ms(100)
    aioctl.status("never.service")
    aioservice.status("never")
    await start("swallows")
    await asyncio.sleep_ms(101)
    say(state("swallows"), repr(aioctl.result("swallows.service")))

    # its end comes before: that is that
    for name in "returns", "raises":
        await start(name)
        await asyncio.sleep_ms(400)
        say(state(name), repr(aioctl.result(name + ".service")))

    # whoever calls it, it is the service's
    await start("child")
    await asyncio.sleep_ms(10)
    say(state("child"))
    await start("never")
    await asyncio.sleep_ms(10)
    aioservice.service("never").ready()
    say(state("never"))
    await asyncio.sleep_ms(400)
    say(state("never"))

    # a service that declares nothing is up at its first step, and may call it all the same
    await start("without")

    # where it does not run nothing happens
    aioctl.stop("without.service")
    await asyncio.sleep_ms(1)
    aioservice.service("without").ready()
    aioservice.service("without").feed()
    say(state("without"))

    # not ready in time counts as a short run
    await start("again")
    await asyncio.sleep(5)
    say(state("again"), repr(aioctl.result("again.service")))


asyncio.run(main())
