# A KeyboardInterrupt or SystemExit, wherever it comes from, ends the loop once: the services are told to
# stop, in order, and when the last has ended it comes out of the loop.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

log = []
where = None
exc = None


def note(text):
    log.append("%d %s" % (now() - began, text))


def new_loop():
    asyncio.new_event_loop()
    asyncio.core._io_queue = _clock.NoWait()


def strike(at):
    global where
    if where == at:
        where = None
        note("!" + at)
        raise exc


service(
    "net",
    """
    restart = "always"

    @aioctl.aiotask
    async def task(self):
        try:
            self.add_ctask(aioctl, self.child, "child")
            await asyncio.sleep_ms(10)
            test.strike("service")
            await asyncio.sleep(1000)
        finally:
            test.note("-net")

    @aioctl.aiotask
    async def child(self):
        try:
            await asyncio.sleep_ms(10)
            test.strike("child")
            await asyncio.sleep(1000)
        finally:
            test.note("-child")

    def on_stop(self, *args, **kwargs):
        test.strike("on_stop")
        return "stopped well"
""",
)
service(
    "web",
    """
    require = "net"
    restart = "always"

    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(1000)
        finally:
            test.strike("stopping")
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


async def plain():
    await asyncio.sleep_ms(10)
    strike("plain")
    await asyncio.sleep(1000)


async def main(names, then):
    for name in names:
        aioservice.load(name)
    aioctl.add(plain, name="plain")
    await asyncio.sleep_ms(10)
    strike("main")  # no task of ours, but asyncio's own: it ends the loop at once
    await asyncio.sleep_ms(5)
    for name in then:
        aioctl.stop(name + ".service")
    await asyncio.sleep(100)
    note("main goes on")


def run(at, what, names=("web",), then=(), runner=asyncio.run):
    global where, exc, began
    where, exc = at, what
    began = now()
    log.clear()
    try:
        runner(main(names, then))
        print("no exception")
    except BaseException as e:
        print(at, repr(e), e is what, "at", now() - began)
    print("   ", log)
    states = [(name, task.state) for name, task in sorted(aioctl.group().tasks.items())]
    print("   ", [(name.replace(".service", ""), state) for name, state in states])
    new_loop()
    aioctl.delete("*")


for what in KeyboardInterrupt(), SystemExit(3):
    for at in "service", "child", "plain", "main":
        run(at, what)
    run("on_stop", what, then=("net",))
    run("stopping", what, then=("net",))

# one that does not end holds up nothing longer than it may
run("service", KeyboardInterrupt("stuck"), ("stuck", "web"))

# no service goes on: at once
run("plain", KeyboardInterrupt("none"), ())


# a second one is raised at once
async def twice():
    await asyncio.sleep_ms(20)
    note("!second")
    raise KeyboardInterrupt("second")


async def main_twice():
    aioctl.add(twice, name="twice")
    await main(("stuck", "web"), ())


began = now()
log.clear()
where, exc = "service", KeyboardInterrupt("first")
try:
    asyncio.run(main_twice())
except KeyboardInterrupt as e:
    print(repr(e), "at", now() - began, log)
new_loop()
aioctl.delete("*")


# aioctl.run does the same
def aioctl_run(coro):
    coro.close()
    aioservice.load("web")
    aioctl.run()


run("service", KeyboardInterrupt("aioctl.run"), runner=aioctl_run)
