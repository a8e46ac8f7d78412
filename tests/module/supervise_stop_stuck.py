# stop_ms: a service that has not ended so long after it was told to is stuck. That is said, nothing starts it
# beside itself, and when it ends at last it has ended.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service

starts = []


def say(*what):
    print(now() - base, *what)


def state(name="a"):
    return aioctl.group().tasks[name + ".service"].state


# Cleans up so long, whatever it is told.
async def clean_up(clean_ms, raises=False):
    until = now() + clean_ms
    while now() < until:
        try:
            await asyncio.sleep_ms(until - now())
        except asyncio.CancelledError:
            pass
    if raises:
        raise OSError(28)


BODY = """
    %s
    @aioctl.aiotask
    async def task(self):
        test.starts.append(self.name)
        try:
            await asyncio.sleep(1000)
        except asyncio.CancelledError:
            await test.clean_up(%s)
            raise
"""
service("a", BODY % ("stop_ms = 100", "300"))
service("default", BODY % ("", "5001"))
service("in_time", BODY % ("", "4999"))
service("raises", BODY % ("stop_ms = 100; restart = 'always'", "300, True"))
service("overdue", BODY % ("stop_ms = 100; watchdog_ms = 100; restart = {'delay_ms': 50}", "300"))


async def start(name):
    global base
    starts.clear()
    print(aioservice.load(name))
    await asyncio.sleep_ms(0)
    base = now()


async def main():
    sys.modules["time"] = Clock()
    await start("a")
    aioctl.stop("a.service")
    await asyncio.sleep_ms(99)
    say(state())
    await asyncio.sleep_ms(2)
    say(state())
    aioctl.status("a.service")

    # refused, each with its reason
    say(aioctl.start("a.service"))
    say(aioservice.load("a"))
    say(aioservice.restart("a"))
    say(len(starts))

    # told again it is stuck still; reported once
    aioctl.stop("a.service")
    await asyncio.sleep_ms(150)
    say(state())

    # its end at last
    await asyncio.sleep_ms(50)
    say(state(), len(starts))
    aioctl.status("a.service")
    print(aioctl.start("a.service"))
    await asyncio.sleep_ms(0)
    say(state(), len(starts))
    aioservice.status("a")

    # 5000 ms where nothing is said
    for name in "default", "in_time":
        await start(name)
        aioctl.stop(name + ".service")
        await asyncio.sleep(6)
        say(state(name))

    # a failure while it is stuck stays one; what its user stopped is not restarted
    await start("raises")
    aioctl.stop("raises.service")
    await asyncio.sleep(6)
    say(state("raises"), repr(aioctl.result("raises.service")), len(starts))

    # stuck after its watchdog: no second run before it has ended, then its restart
    await start("overdue")
    await asyncio.sleep_ms(250)
    say(state("overdue"), len(starts))
    await asyncio.sleep_ms(170)
    say(state("overdue"), len(starts), repr(aioctl.result("overdue.service")))
    await asyncio.sleep_ms(50)
    say(state("overdue"), len(starts))
    aioctl.delete("overdue.service")

    # an unload of what is stuck forgets it
    aioctl.stop("a.service")
    await asyncio.sleep_ms(200)
    say(state(), aioservice.unload("a"), aioctl.tasks_match("a.*"))
    await asyncio.sleep(1)


asyncio.run(main())
