# A requirement that goes away takes with it what requires it; that comes back when it is up again. How it
# goes (by a failure, its watchdog, a restart by hand) makes no difference.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service, turns

log = []


def note(text):
    log.append("%d %s" % (now() - began, text))


def happened(what):
    print(what, log)
    log.clear()


def begin():
    global began
    began = now()


mode = "fine"

service(
    "net",
    """
    restart = {"policy": "on_failure", "delay_ms": 100, "factor": 1, "burst": 3}
    watchdog_ms = 400

    @aioctl.aiotask
    async def task(self):
        test.note("+net")
        try:
            for i in range(1000):
                if test.mode != "unfed":
                    self.feed()
                await asyncio.sleep_ms(50)
                if test.mode == "fails":
                    raise ValueError("net")
        finally:
            test.note("-net")
""",
)
TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self, **kwargs):
        test.note("+" + self.name)
        self.add_ctask(aioctl, self.child, "child")
        try:
            await asyncio.sleep(1000)
        finally:
            await asyncio.sleep_ms(10)
            test.note("-" + self.name)

    @aioctl.aiotask
    async def child(self):
        try:
            await asyncio.sleep(1000)
        finally:
            test.note("-%%s.child" %% self.name)
"""
service("web", TASK % '"net"')
service("page", TASK % '"web"')


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items()) if "child" not in name])


async def main():
    global mode
    begin()
    aioservice.load("page")
    await turns(10)
    happened("load")

    begin()
    mode = "fails"
    await asyncio.sleep_ms(51)
    states()
    mode = "fine"
    await asyncio.sleep_ms(200)
    happened("failure")
    states()
    aioservice.reset_failed()

    begin()
    mode = "unfed"
    await asyncio.sleep_ms(455)
    mode = "fine"
    await asyncio.sleep_ms(200)
    happened("watchdog")
    states()
    aioservice.reset_failed()

    begin()
    print(aioservice.restart("net"))
    await asyncio.sleep_ms(100)
    happened("restart")
    states()

    # one in the middle: what it requires goes on
    begin()
    print(aioservice.restart("web"))
    await asyncio.sleep_ms(100)
    happened("restart in the middle")

    # what waits for the restart of its requirement may be stopped: it stays so
    begin()
    mode = "fails"
    await asyncio.sleep_ms(60)
    aioctl.stop("page.service")
    mode = "fine"
    await asyncio.sleep_ms(200)
    happened("stopped meanwhile")
    states()
    aioctl.start("page.service")
    await turns(10)
    happened("started")
    aioservice.reset_failed()

    # for good: what requires it is refused, and starts when it is up again
    begin()
    mode = "fails"
    await asyncio.sleep(1)
    happened("for good")
    states()
    aioservice.status("web")
    aioservice.status("page")
    mode = "fine"
    print(aioservice.load("page"))
    states()
    log.clear()
    print(aioservice.reset_failed("net"), aioservice.load("net"))
    begin()
    await asyncio.sleep_ms(100)
    happened("up again")
    states()
    aioservice.status()


asyncio.run(main())
