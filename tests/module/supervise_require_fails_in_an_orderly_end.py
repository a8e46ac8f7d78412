# a requires b requires c. b is stopped, and so waits until a has cleaned up. c fails meanwhile: b ends at once, and does
# not run on without it.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

BODY = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        await test.run(self.name, %d)
"""
service("a", BODY % ("'b'", 1000))
service("b", BODY % ("'c'", 50))
service("c", BODY % (None, 0))


def note(*what):
    print("   ", now() - began, *what)


# Cleans up so long, and fails when it is told to.
async def run(name, clean_ms):
    try:
        await fails[name].wait()
        note(name, "fails")
        raise OSError(5)
    except asyncio.CancelledError:
        note("-%s is told" % name)
        await asyncio.sleep_ms(clean_ms)
        note("-" + name)
        raise


def states():
    print("   ", [(name[0], task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def case(what, end):
    global began, fails
    print("-", what)
    fails = {name: asyncio.Event() for name in "abc"}
    aioservice.load("a")
    await asyncio.sleep_ms(10)
    began = now()
    end()
    await asyncio.sleep_ms(100)
    states()
    fails["c"].set()
    await asyncio.sleep_ms(100)
    states()
    await asyncio.sleep(2)
    states()
    aioservice.status("b")


async def main():
    await case("b is stopped", lambda: aioctl.stop("b"))
    await case("b is restarted", lambda: aioservice.restart("b"))
    await case("b is unloaded", lambda: aioservice.unload("b"))


asyncio.run(main())
