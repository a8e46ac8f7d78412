# Nothing that supervision still needs is collected: deadlines, records that wait, services that wait for
# others. And what happens to it when the loop, the group or all of it is replaced.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service, turns
import gc

aioservice.quiet()  # what is told is not what is tested

log = []
fails = True
collecting = True


def collect():
    if collecting:
        gc.collect()
        # what was freed by mistake is written over
        return [bytearray(n) for n in range(16, 256, 16)] and [object() for _ in range(50)]


def note(text):
    collect()
    log.append("%d %s" % (now() - began, text))


def happened(what):
    print(what, sorted(log))
    log.clear()


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


service(
    "net",
    """
    restart = {"policy": "always", "delay_ms": 100, "factor": 1, "burst": 100}
    ready_ms = 100
    watchdog_ms = 100

    @aioctl.aiotask
    async def task(self):
        test.note("+net")
        await asyncio.sleep_ms(10)
        test.collect()
        if test.fails:
            raise ValueError("net " * 20)
        self.ready()
        try:
            while True:
                test.collect()
                await asyncio.sleep_ms(50)
                self.feed()
        finally:
            test.note("-net")

    def on_error(self, exc, *args, **kwargs):
        test.collect()
        return exc
""",
)
service(
    "web",
    """
    require = "net"
    stop_ms = 50

    @aioctl.aiotask
    async def task(self):
        test.note("+web")
        try:
            await asyncio.sleep(1000)
        finally:
            test.note("-web")
""",
)


async def collector():
    while True:
        collect()
        await asyncio.sleep_ms(3)


def new_loop():
    asyncio.new_event_loop()
    asyncio.core._io_queue = _clock.NoWait()
    collect()


async def waiting_and_restarting():
    global fails, began
    began = now()
    asyncio.create_task(collector())
    aioservice.load("web")
    await asyncio.sleep_ms(330)
    states()
    fails = False
    await asyncio.sleep_ms(300)
    happened("waiting and restarting")
    states()
    print(len(aioservice.failures(rtn=True).split("ValueError")) - 1, "failures")
    aioservice.restart("net")
    aioservice.restart("web")
    await asyncio.sleep_ms(100)
    happened("restart")
    states()


# The loop is replaced while one waits for its restart and one for that: in the new loop both can be started.
async def left_behind():
    global fails, began
    began = now()
    aioctl.stop("*.service")
    await turns()
    log.clear()
    fails = True
    aioservice.load("web")
    await asyncio.sleep_ms(20)
    states()


async def in_a_new_loop():
    global fails, began
    began = now()
    fails = False
    asyncio.create_task(collector())
    aioctl.stop("*.service")
    await turns()
    log.clear()
    states()
    print(aioservice.load("web"))
    await asyncio.sleep_ms(150)
    happened("new loop")
    states()
    # its deadlines are looked at in this loop
    fails = True
    aioservice.restart("net")
    await asyncio.sleep_ms(160)
    fails = False
    await asyncio.sleep_ms(200)
    happened("restarted in it")
    states()


# The loop ends while they run.
async def running_in_another():
    global began
    began = now()
    states()
    print(aioservice.load("net"), aioservice.load("web"))
    await asyncio.sleep_ms(150)
    happened("another loop")
    states()


async def another_group():
    global began, fails
    began = now()
    old = aioctl.group()
    aioctl.set_group(None)
    collect()
    states()
    await asyncio.sleep_ms(200)
    happened("without a group")
    # the old group again: all is as it was
    aioctl.set_group(old)
    await asyncio.sleep_ms(200)
    states()
    fails = True
    aioservice.restart("net")
    await asyncio.sleep_ms(15)
    states()
    aioctl.set_group(None)
    await asyncio.sleep_ms(300)
    states()
    aioctl.set_group(old)
    fails = False
    aioservice.reset_failed()
    log.clear()
    print(aioservice.load("net"))
    await asyncio.sleep_ms(300)
    happened("the old group")
    states()


async def reset():
    global began
    began = now()
    states()
    aioctl.reset()
    collect()
    await asyncio.sleep_ms(200)
    happened("reset")
    states()
    print(aioservice.load("web"))
    await asyncio.sleep_ms(200)
    happened("loaded again")
    states()


asyncio.run(waiting_and_restarting())
asyncio.run(left_behind())
new_loop()
asyncio.run(in_a_new_loop())
new_loop()
asyncio.run(running_in_another())
asyncio.run(another_group())
asyncio.run(reset())
