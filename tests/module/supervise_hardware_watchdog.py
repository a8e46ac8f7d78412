# The hardware watchdog is fed three times in its time, but only while every service that has a watchdog of
# its own is fed: one that hangs can't hide behind a loop that still turns.

import sys

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

feeds = []


class WDT:
    def __init__(self, timeout):
        print("WDT", timeout)

    def feed(self):
        feeds.append(now() - base)


class Machine:
    pass


Machine.WDT = WDT
fed = {}


# Feeds every 50 ms while it is to. The last value: whether it swallows its cancel.
BODY = """
    watchdog_ms = 100
    %s
    @aioctl.aiotask
    async def task(self):
        while True:
            try:
                await asyncio.sleep_ms(50)
            except asyncio.CancelledError:
                if not %s:
                    raise
            if test.fed.get(self.name, True):
                self.feed()
"""
service("a", BODY % ("", "False"))
service("b", BODY % ("restart = {'delay_ms': 3000}", "False"))
service("slow", BODY % ("ready_ms = 5000", "False"))
service("stuck", BODY % ("stop_ms = 200", "True"))
service(
    "none",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
)


def load(*names):
    for name in names:
        aioservice.load(name)


async def feeds_in(ms):
    feeds.clear()
    await asyncio.sleep_ms(ms)
    return len(feeds)


async def main():
    global base
    base = now()
    sys.modules["machine"] = Machine()
    load("none")
    aioservice.hardware_watchdog(900)
    await asyncio.sleep_ms(1000)
    print("without any watchdog", feeds)
    load("a", "b")
    print("all fed", await feeds_in(3000))

    # one that has failed by its watchdog, for good
    fed["a"] = False
    await asyncio.sleep_ms(200)
    print("a", aioctl.group().tasks["a.service"].state, await feeds_in(3000))
    fed["a"] = True
    load("a")
    print("a is loaded again", await feeds_in(3000))

    # one that is to be restarted
    fed["b"] = False
    await asyncio.sleep_ms(200)
    print("b", aioctl.group().tasks["b.service"].state, await feeds_in(1500))
    fed["b"] = True
    await asyncio.sleep_ms(1500)
    print("b", aioctl.group().tasks["b.service"].state, await feeds_in(1500))

    # one that its user stopped, one that is not up yet
    aioctl.stop("a.service")
    print("a is stopped", await feeds_in(3000))
    load("slow")
    await asyncio.sleep_ms(0)
    print("slow", aioctl.group().tasks["slow.service"].state, await feeds_in(3000))
    aioservice.service("slow").ready()

    # one that is stuck, until it ends or is forgotten
    load("stuck")
    print("stuck runs", await feeds_in(1500))
    aioctl.stop("stuck.service")
    await asyncio.sleep_ms(300)
    print("stuck", aioctl.group().tasks["stuck.service"].state, await feeds_in(1500))
    aioservice.unload("stuck")
    print("stuck is unloaded", await feeds_in(1500))

    # a function instead; that it raises ends nothing, and holds nothing up
    count = 0

    def feed():
        nonlocal count
        count += 1
        if count > 2:
            raise OSError(5)

    aioservice.hardware_watchdog(300, feed=feed)
    await asyncio.sleep_ms(250)
    print("by a function", count)
    await asyncio.sleep_ms(2000)
    print("goes on", count > 3, aioctl.group().tasks["b.service"].state)
    fed["b"] = False
    await asyncio.sleep_ms(200)
    print("seen in time", aioctl.group().tasks["b.service"].state)

    del Machine.WDT
    for args in (), ("1000",), (0,), (2,), (-1,), (1 << 30,), (1.5,), (1000, 5), (1000,):
        try:
            aioservice.hardware_watchdog(*args)
            print(args)
        except Exception as e:
            print(args, repr(e))


asyncio.run(main())
