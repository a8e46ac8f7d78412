# after is order only: it starts nothing, ends nothing, and waits for nobody who does not come.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, config, service, turns

log = []
mode = {}


def note(text):
    log.append("%d %s" % (now() - began, text))


def happened(what):
    print(what, log)
    log.clear()


TASK = """
    %s
    enabled = True

    @aioctl.aiotask
    async def task(self):
        test.note("+" + self.name)
        try:
            await asyncio.sleep_ms(50)
            if test.mode.get(self.name) == "fails":
                raise ValueError
            if self.name == "clock" and test.mode.get(self.name) != "silent":
                self.ready()
            await asyncio.sleep(1000)
        finally:
            test.note("-" + self.name)
"""
service("late", TASK % 'after = "clock.service"')
service("later", TASK % 'after = ["late", "nowhere", "off"]')
service("clock", TASK % "ready_ms = 200")
service("off", TASK % "")


async def init(what):
    global began
    began = now()
    aioservice.init(debug=False)
    await asyncio.sleep_ms(300)
    happened(what)


async def main():
    global began
    config(off={"enabled": False})
    # the order of finding them does not matter
    await init("init")

    # no one is ended with it, none is started by it
    aioctl.stop("clock.service")
    await turns()
    aioctl.stop("late.service")
    aioctl.stop("later.service")
    await turns()
    happened("stop")
    began = now()
    aioctl.start("later.service")
    await turns()
    happened("alone")
    aioctl.stop("*.service")
    await turns()
    log.clear()

    # it has failed: what comes after it starts all the same, when that is known
    mode["clock"] = "fails"
    await init("fails")
    aioctl.stop("*.service")
    await turns()
    log.clear()
    mode["clock"] = "silent"
    await init("not ready")
    aioctl.stop("*.service")
    await turns()
    log.clear()

    # it is loaded later: nothing waits for what nobody has asked for
    mode.clear()
    began = now()
    print(aioservice.load("late"))
    await turns()
    print(aioservice.load("clock"))
    await asyncio.sleep_ms(100)
    happened("by hand")

    # a circle of it holds up none for ever
    aioctl.stop("*.service")
    await turns()
    log.clear()
    aioservice.service("clock").after = "late"
    print(aioservice.load("clock"))
    await turns()
    aioservice.status("clock")


asyncio.run(main())
