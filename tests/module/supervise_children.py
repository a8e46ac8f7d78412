# Children end with their parent, however that ends, and a new run of it has new ones. Only one that returns
# leaves them be.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service, turns

log = []
mode = "fine"


def note(text):
    log.append("%d %s" % (now() - began, text))


def happened(what):
    print(what, log)
    log.clear()


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


service(
    "p",
    """
    restart = {"policy": "on_failure", "delay_ms": 100, "factor": 1, "burst": 100}
    watchdog_ms = 200
    stop_ms = 1000

    @aioctl.aiotask
    async def task(self):
        test.note("+p")
        self.add_ctask(aioctl, self.child, "quick")
        self.add_ctask(aioctl, self.child, "slow", 30)
        try:
            while test.mode != "returns":
                if test.mode != "unfed":
                    self.feed()
                await asyncio.sleep_ms(50)
                if test.mode == "fails":
                    raise ValueError
        finally:
            test.note("-p")

    @aioctl.aiotask
    async def child(self, slow=0):
        try:
            await asyncio.sleep_ms(70)
            if test.mode == "child fails":
                raise TypeError
            await asyncio.sleep(1000)
        finally:
            if slow:
                await asyncio.sleep_ms(slow)
            test.note("-child %d" % slow)
""",
)


async def case(what, ms=400):
    global mode, began
    mode = what
    began = now()
    await asyncio.sleep_ms(60)
    if mode == "fails":
        mode = "fine"
    if mode == "restart":
        aioservice.restart("p")
    if mode == "stop":
        aioctl.stop("p.service")
    await asyncio.sleep_ms(ms)
    happened(what)
    states()


async def main():
    global mode, began
    began = now()
    aioservice.load("p")
    await asyncio.sleep_ms(10)
    happened("load")
    await case("fails")
    await case("unfed", 200)
    mode = "fine"
    await asyncio.sleep_ms(200)
    happened("fed again")
    await case("restart")

    # a child's failure is its own affair
    mode = "child fails"
    began = now()
    aioservice.restart("p")
    await asyncio.sleep_ms(100)
    happened("child fails")
    states()

    mode = "fine"
    began = now()
    aioservice.restart("p")
    await asyncio.sleep_ms(100)
    log.clear()
    await case("stop")

    # children that outlive a stop for a while are told to end once, and may not hold up the next run
    mode = "fine"
    aioctl.start("p.service")
    await asyncio.sleep_ms(10)
    log.clear()
    began = now()
    aioctl.stop("p.service")
    aioctl.start("p.service")
    await asyncio.sleep_ms(100)
    happened("stop and start")
    states()

    await case("returns")
    aioctl.stop("p.service*")
    await asyncio.sleep_ms(50)
    log.clear()

    mode = "fine"
    aioctl.start("p.service")
    await asyncio.sleep_ms(10)
    log.clear()
    began = now()
    aioservice.unload("p")
    await asyncio.sleep_ms(50)
    happened("unload")
    states()


asyncio.run(main())
