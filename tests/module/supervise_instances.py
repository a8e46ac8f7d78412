# Further instances of a supervised service: each is started again for its own failures, has its own count of
# short runs, and is stopped by itself.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service, turns

log = []
bad = set()
number = 0


def note(text):
    log.append("%d %s" % (now() - began, text))


def happened(what):
    print(what, log)
    log.clear()


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


service(
    "s",
    """
    restart = {"policy": "on_failure", "delay_ms": 100, "factor": 1, "burst": 3}

    @aioctl.aiotask
    async def task(self):
        name = test.me()
        test.note("+" + name)
        try:
            while name not in test.bad:
                await asyncio.sleep_ms(10)
            raise ValueError(name)
        finally:
            test.note("-" + name)
""",
)
service(
    "fed",
    """
    watchdog_ms = 100
    ready_ms = 50

    @aioctl.aiotask
    async def task(self):
        name = test.me()
        test.note("+" + name)
        await asyncio.sleep_ms(20)
        if name not in test.bad:
            self.ready()
        while True:
            await asyncio.sleep_ms(40)
            if name not in test.bad:
                self.feed()
""",
)


# The name of the task that runs.
def me():
    task = asyncio.current_task()
    for name, record in aioctl.group().tasks.items():
        if record.task is task:
            return name


async def main():
    global began
    began = now()
    for _ in range(3):
        aioservice.load("s")
        await turns()
    states()
    happened("three")

    # one fails: it alone is started again
    began = now()
    bad.add("s.service@1")
    await asyncio.sleep_ms(11)
    bad.clear()
    states()
    await asyncio.sleep_ms(150)
    happened("one fails")
    states()

    # its user stops one of them while it waits for its restart
    began = now()
    bad.add("s.service@2")
    await asyncio.sleep_ms(11)
    bad.clear()
    aioctl.stop("s.service@2")
    await asyncio.sleep_ms(150)
    happened("one is stopped")
    states()

    # the first hits its limit: the other goes on
    began = now()
    bad.add("s.service")
    await asyncio.sleep_ms(400)
    happened("the first for good")
    states()
    bad.clear()
    print(aioservice.load("s"), aioctl.start("s.service"))
    print(aioservice.reset_failed("s"), aioservice.load("s"))
    await turns()
    states()
    log.clear()

    # reset_failed is for all of them
    began = now()
    bad.add("s.service@1")
    await asyncio.sleep_ms(400)
    bad.clear()
    print(aioctl.start("s.service@1"), aioservice.reset_failed("s"), aioctl.start("s.service@1"))
    await turns()
    states()
    log.clear()

    # unload ends them all, also what waits
    began = now()
    bad.add("s.service@1")
    await asyncio.sleep_ms(11)
    aioservice.unload("s")
    await asyncio.sleep_ms(200)
    happened("unload")
    states()
    bad.clear()

    # ready and feed are those of the run that calls
    began = now()
    for _ in range(3):
        aioservice.load("fed")
    states()
    bad.add("fed.service@1")
    await asyncio.sleep_ms(60)
    bad.add("fed.service@2")
    await asyncio.sleep_ms(150)
    states()
    print(aioctl.result("fed.service@1"), aioctl.result("fed.service@2"))


asyncio.run(main())
