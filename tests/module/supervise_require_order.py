# Services start after what they require, whatever the order in which they are loaded, and wait until that is
# up: done for a core service, running or ready for the others.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, config, core, service, turns

log = []
began = 0


def note(text):
    log.append("%d %s" % (now() - began, text))


# What happened since the last call.
def happened():
    print(log)
    log.clear()


def begin():
    global began
    began = now()


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


TASK = """
    require = %s
    up_after = None

    @aioctl.aiotask
    async def task(self, **kwargs):
        test.note("+" + self.name)
        try:
            await asyncio.sleep_ms(20)
            if self.up_after:
                await asyncio.sleep_ms(self.up_after)
                test.note(self.name + " ready")
                self.ready()
            await asyncio.sleep(100)
        finally:
            test.note("-" + self.name)
"""
NAMES = "top", "left", "right", "base"
for name in NAMES:
    service(name, TASK % None)

core(
    "disk",
    """
    @aioctl.aiotask
    async def task(self):
        test.note("+disk")
        await asyncio.sleep_ms(50)
        test.note("-disk")
""",
)
service("store", TASK % '("disk.service",)')
service("net", "    ready_ms = 1000\n" + TASK.replace("up_after = None", "up_after = 300") % None)
service("web", TASK % '["net.service", "store"]')

async def diamond():
    requires = {"top": ["left", "right"], "left": ["base"], "right": ["base.service"], "base": []}
    config(**{name: {"enabled": True, "require": requires[name]} for name in NAMES})
    good = 0
    for order in (NAMES, tuple(reversed(NAMES)), ("right", "base", "top", "left")):
        # loaded in this order before, so that init goes through them in it
        for name in order:
            aioservice.unload(name)
        for name in order:
            aioservice.load(name)
            aioservice.service(name).enabled = True
        await turns()
        aioctl.stop("*")
        await turns()
        log.clear()
        begin()
        aioservice.init(debug=False)
        await turns(10)
        began_order = [text.split("+")[1] for text in log]
        at = began_order.index
        ok = sorted(began_order) == sorted(NAMES) and at("base") == 0 and at("top") == 3
        good += ok
        if not ok:
            print(order, log)
        # the one at the base is stopped: all above it end first
        log.clear()
        aioctl.stop("base.service")
        await turns(10)
        ended = [text.split("-")[1] for text in log]
        ok = sorted(ended) == sorted(NAMES) and ended[0] == "top" and ended[3] == "base"
        good += ok
        if not ok:
            print(order, log)
    log.clear()
    print("diamond:", good, "of", 6)


async def pulled_in():
    begin()
    print(aioservice.load("web"))
    states()
    await asyncio.sleep_ms(400)
    states()
    happened()
    # all is up: what is loaded again is a further instance, and nothing else is started
    print(aioservice.load("web"), aioservice.load("store.service"))
    await turns()
    states()
    happened()


async def main():
    await diamond()
    for name in NAMES:
        aioservice.unload(name)
    await turns()
    aioctl.delete("*")
    await pulled_in()


asyncio.run(main())
