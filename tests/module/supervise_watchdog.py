# watchdog_ms: a service feeds so often, from the moment it is up, or it has failed.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service


def say(*what):
    print(now() - base, *what)


def state(name):
    return aioctl.group().tasks[name + ".service"].state


def result(name):
    return repr(aioctl.result(name + ".service"))


feeds = True


service(
    "fed",
    """
    watchdog_ms = 100
    def on_error(self, exc, *args, **kwargs):
        test.say("on_error", repr(exc))
        return exc
    @aioctl.aiotask
    async def task(self):
        try:
            while test.feeds:
                await asyncio.sleep_ms(99)
                self.feed()
            await asyncio.sleep(9)
        except asyncio.CancelledError:
            test.say("told to end")
            raise
""",
)
service(
    "never",
    """
    watchdog_ms = 100
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(9)
""",
)
service(
    "ready",
    """
    watchdog_ms = 100
    ready_ms = 500
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(450)
        self.ready()
        await asyncio.sleep_ms(90)
        self.feed()
        await asyncio.sleep(9)
""",
)
service(
    "child",
    """
    watchdog_ms = 100
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.feeder, "feeder")
        await asyncio.sleep(9)
    @aioctl.aiotask
    async def feeder(self):
        for _ in range(5):
            await asyncio.sleep_ms(90)
            self.feed()
""",
)
service(
    "again",
    """
    watchdog_ms = 100
    restart = {"burst": 2, "delay_ms": 50}
    @aioctl.aiotask
    async def task(self):
        test.say("start")
        await asyncio.sleep(9)
""",
)
service(
    "held_up",
    """
    watchdog_ms = 100
    @aioctl.aiotask
    async def task(self):
        while True:
            self.feed()
            await asyncio.sleep_ms(50)
""",
)


def start(name):
    global base
    base = now()
    aioservice.load(name)


async def main():
    global feeds
    start("fed")
    await asyncio.sleep(10)
    say(state("fed"))
    # 10098 is the last time
    feeds = False
    await asyncio.sleep_ms(197)
    say(state("fed"))
    await asyncio.sleep_ms(2)
    say(state("fed"), result("fed"))

    start("never")
    await asyncio.sleep_ms(99)
    say(state("never"))
    await asyncio.sleep_ms(2)
    say(state("never"), result("never"))

    # it counts from being ready
    start("ready")
    await asyncio.sleep_ms(630)
    say(state("ready"))
    await asyncio.sleep_ms(20)
    say(state("ready"), result("ready"))

    # a child feeds its service, and so does anybody
    start("child")
    await asyncio.sleep_ms(540)
    aioservice.service("child").feed()
    await asyncio.sleep_ms(99)
    say(state("child"))
    await asyncio.sleep_ms(10)
    say(state("child"), result("child"))

    # it is restarted as after any failure, and each run has its time anew
    start("again")
    await asyncio.sleep(5)
    say(state("again"), result("again"))

    # one that its user stops is not overdue
    start("never")
    await asyncio.sleep_ms(50)
    aioctl.stop("never.service")
    await asyncio.sleep_ms(500)
    say(state("never"), result("never"))


asyncio.run(main())
