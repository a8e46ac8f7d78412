# No memory when a service fails, when its restart is due, when it is
# overdue: nothing is lost by that; what could not be done is done when there is memory again.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service, turns

aioservice.quiet()  # what is told is not what is tested

try:
    import micropython

    micropython.heap_lock
except (ImportError, AttributeError):
    print("SKIP")
    raise SystemExit

times = []
slow = []
fails = True

service(
    "net",
    """
    restart = {"policy": "on_failure", "delay_ms": 100, "factor": 1, "burst": 100}

    @aioctl.aiotask
    async def task(self):
        test.times.append(test.now())
        await asyncio.sleep_ms(10)
        if test.fails:
            test.fail()
        await asyncio.sleep(1000)
""",
)
service(
    "web",
    """
    require = "net"

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
)
service(
    "slow",
    """
    restart = "on_failure"
    watchdog_ms = 1700  # over while there is no memory

    @aioctl.aiotask
    async def task(self):
        test.slow.append(test.now())
        await asyncio.sleep(1000)
""",
)
ERROR = ValueError("made before")
lock = False


def fail():
    if lock:
        micropython.heap_lock()
    raise ERROR


def states(*names):
    print([(name, aioctl.group().tasks[name + ".service"].state) for name in names])


# Without memory for that long.
async def without_memory(ms):
    micropython.heap_lock()
    await asyncio.sleep_ms(ms)
    micropython.heap_unlock()


async def main():
    global fails, lock
    for name in "web", "slow":
        aioservice.load(name)
    await turns()
    states("net", "web", "slow")

    # it fails without memory
    lock = True
    await asyncio.sleep_ms(20)
    micropython.heap_unlock()
    lock = False
    await asyncio.sleep_ms(1200)
    print("started again:", len(times) > 1)
    fails = False
    await asyncio.sleep_ms(300)
    states("net", "web")

    # its restart is due, and its watchdog is over, without memory
    fails = True
    aioservice.restart("net")
    await asyncio.sleep_ms(15)
    fails = False
    states("net")
    count = len(times)
    await without_memory(300)
    print("not yet:", len(times) == count)
    await asyncio.sleep_ms(1200)
    states("net", "web", "slow")
    print("once:", len(times) - count, len(slow) - 1)


asyncio.run(main())
