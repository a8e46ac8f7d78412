# A KeyboardInterrupt that comes while the loop waits for its next task, as Ctrl-C mostly does, is no other than one
# in a task: the services end in their order before it comes out of the loop.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

strikes = []  # when


class Waits(_clock.NoWait):
    def wait_io_event(self, ms):
        if strikes and now() + ms > strikes[0]:
            _clock.testclock.advance(max(strikes.pop(0) - now(), 0))
            raise KeyboardInterrupt
        super().wait_io_event(ms)


def note(text):
    print("   ", now() - began, text)


service(
    "net",
    """
    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(1000)
        finally:
            test.note("-net")

    def on_stop(self, *args, **kwargs):
        test.note("on_stop of net")
""",
)
service(
    "web",
    """
    require = "net"

    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(1000)
        finally:
            await asyncio.sleep_ms(30)
            test.note("-web")
""",
)
service(
    "stuck",
    """
    stop_ms = 100

    @aioctl.aiotask
    async def task(self):
        while True:
            try:
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                test.note("stuck is told")
""",
)


async def main(*names):
    for name in names:
        aioservice.load(name)
    await asyncio.sleep(2000)
    note("main goes on")


async def awaits_web():
    aioservice.load("web")
    await asyncio.sleep_ms(10)
    await aioctl.group().tasks["web.service"].task
    note("main goes on")


async def unloads():
    aioservice.load("web")
    await asyncio.sleep_ms(100)
    aioservice.unload("web")
    await asyncio.sleep_ms(1000)


async def returns():
    aioservice.load("web")
    await asyncio.sleep_ms(510)


async def another():
    await asyncio.sleep_ms(100)
    note("another run ends")


def run(title, at, *names, main=main, then=None):
    global began
    print(title)
    asyncio.new_event_loop()
    asyncio.core._io_queue = Waits()
    began = now()
    strikes[:] = [began + ms for ms in at]
    try:
        asyncio.run(main(*names))
        print("no exception")
    except KeyboardInterrupt as e:
        print("    raised at", now() - began)
    if then is not None:
        asyncio.run(then())
    strikes.clear()
    print("   ", [(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])
    aioctl.delete("*")


run("in order", [500], "web")
run("a second one is raised at once", [500, 510], "web")
run("one that does not end holds up nothing longer than it may", [500], "stuck", "web")
run("no service: at once", [500])
run("who awaits the first that ends does not end the loop before the last has", [500], main=awaits_web)
run("what was unloaded has its time, too", [110], main=unloads)

# A program that ends the loop itself meanwhile is struck by it no more: the services can end in another run.
run("main returns", [500], "web", main=lambda *names: returns(), then=lambda: another())


# Nor does anything else that is raised there get lost.
class Broken(_clock.NoWait):
    def wait_io_event(self, ms):
        raise OSError("no poll")


asyncio.new_event_loop()
asyncio.core._io_queue = Broken()
try:
    asyncio.run(main("net"))
except OSError as e:
    print(e)
