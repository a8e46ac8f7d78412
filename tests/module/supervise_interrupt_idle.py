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


def run(title, at, *names):
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
    strikes.clear()
    print("   ", [(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])
    aioctl.delete("*")


run("in order", [500], "web")
run("a second one is raised at once", [500, 510], "web")
run("one that does not end holds up nothing longer than it may", [500], "stuck", "web")
run("no service: at once", [500])


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
