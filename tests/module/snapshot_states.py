# A snapshot tells each state of a service, why a waiting one waits, and the times that go with that.

import sys

import _clock
from _clock import asyncio, now, testclock
from _services import Clock, aioctl, aioservice, json, service, turns

aioservice.quiet()
began = 1700000000


class Wall(Clock):
    epoch = 1970

    def time(self):
        return began + now() // 1000

    def gmtime(self, at):
        return (self.epoch, 1, 1, 0, 0, 0, 3, 1)


wall = sys.modules["time"] = Wall()
LONG = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
"""
service("fine", LONG)
service("away", LONG)
service("slow", "    ready_ms = 500" + LONG)
service("needs", "    require = 'slow'" + LONG)
service("two", "    require = ['slow', 'away']" + LONG)
service("later", "    after = 'slow'" + LONG)
service("fed", "    watchdog_ms = 800" + LONG)
service("tick", "    schedule = {'start_in': 5, 'repeat': 20}\n" + LONG.replace("await asyncio.sleep(1000)", "return 'tick'"))
service("clean", LONG.replace("await asyncio.sleep(1000)", "return {1, 1}"))
service("again", "    restart = {'delay_ms': 300, 'burst': 2}" + LONG.replace("await asyncio.sleep(1000)", "1 / 0"))
service(
    "deaf",
    """
    stop_ms = 200
    @aioctl.aiotask
    async def task(self):
        for _ in range(2):
            try:
                await asyncio.sleep(600)
            except asyncio.CancelledError:
                pass
""",
)
service(
    "parent",
    """
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.kid, "kid")
        await asyncio.sleep(1000)

    @aioctl.aiotask
    async def kid(self):
        try:
            await asyncio.sleep(1000)
        finally:
            await asyncio.sleep(1)
""",
)
FIELDS = "why since running_ms wanted result restarts short_runs limit_hit next_ms watchdog_left_ms".split()


# What is not as in a service that was never touched.
def show(name):
    snapshot = aioservice.snapshot(name)
    json.loads(json.dumps(snapshot))
    print("%6d %s: %s" % (now(), name, snapshot["state"]), end="")
    for key in FIELDS:
        if snapshot[key]:
            print(",", key, snapshot[key], end="")
    if snapshot["error"]:
        print(", error", snapshot["error"]["type"], snapshot["error"]["text"], end="")
    print()


async def main():
    show("fine")
    aioservice.load("fine")
    show("fine")
    await turns()
    await asyncio.sleep(3)
    show("fine")
    all = aioservice.snapshot()
    print(all["time"], all["uptime_ms"] // 100 == now() // 100, all["boot"], all["safe_mode"])

    # The clock of this one counts from 2000; one that nobody has set tells no time.
    wall.epoch = 2000
    show("fine")
    wall.epoch = 1970
    wall.time = lambda: 1500000000
    show("fine")
    print(aioservice.snapshot()["time"])
    del wall.time

    aioctl.stop("fine.service")
    show("fine")
    await turns()
    show("fine")

    # What others are waited for.
    for name in "slow", "needs", "two", "later":
        aioservice.load(name)
    await turns()
    show("slow")
    show("needs")
    show("two")
    show("later")
    aioservice.service("slow").ready()
    await turns()
    show("slow")
    show("needs")
    show("two")
    show("later")
    aioservice.unload("slow")
    await turns(8)

    aioservice.load("fed")
    await turns()
    await asyncio.sleep_ms(300)
    show("fed")
    aioservice.service("fed").feed()
    show("fed")
    aioservice.unload("fed")

    aioservice.load("tick")
    await turns()
    show("tick")
    aioservice.init()  # starts the schedule's loop
    await turns()
    show("tick")
    await asyncio.sleep(6)
    show("tick")
    aioservice.unload("tick")

    aioservice.load("clean")
    await turns()
    show("clean")

    aioservice.load("again")
    await turns()
    show("again")
    await asyncio.sleep_ms(310)
    show("again")
    aioservice.reset_failed("again")
    show("again")

    aioservice.load("deaf")
    await turns()
    aioctl.stop("deaf.service")
    await turns()
    show("deaf")
    await asyncio.sleep_ms(250)
    show("deaf")
    aioctl.stop("deaf.service")
    await turns()

    aioservice.load("parent")
    await turns()
    aioservice.restart("parent")
    await turns()
    show("parent")
    await asyncio.sleep(2)
    show("parent")

    # A start that finds no memory.
    if hasattr(testclock, "fail_alloc"):
        aioservice.load("fine")
        await turns()
        for nth in range(1, 60):
            aioctl.stop("fine.service")
            await turns()
            testclock.fail_alloc(nth)
            try:
                aioctl.start("fine.service")
            except MemoryError:
                pass
            testclock.fail_alloc(0)
            if aioservice.snapshot("fine")["why"] == "memory":
                show("fine")
                break
            await turns()


asyncio.run(main())
