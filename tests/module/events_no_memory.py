# One allocation fails, each in turn, while a service fails and comes back and a logger, on_event() and a follower are told of it:
# the manager acts all the same, none of those who are told is lost, and the next failure is told whole.

import _clock
from _clock import asyncio, testclock
from _services import aioctl, aioservice, service, turns

if not hasattr(testclock, "fail_alloc") or not hasattr(aioservice, "events"):
    print("SKIP")
    raise SystemExit

aioservice.quiet()

ERROR = ValueError("made before")
struck = False
nth = runs = 0
heard = {"log": [], "on_event": [], "follow": []}

service(
    "net",
    """
    restart = {"policy": "on_failure", "delay_ms": 100, "factor": 1, "burst": 200}

    @aioctl.aiotask
    async def task(self):
        test.runs += 1
        while not test.strike():
            await asyncio.sleep_ms(10)
        raise test.ERROR
""",
)


class Log:
    def info(self, text):
        heard["log"].append("info")

    debug = warning = info

    def error(self, text):
        heard["log"].append("error")


def strike():
    global struck
    if struck and nth:
        testclock.fail_alloc(nth)
    now, struck = struck, False
    return now


def note(event):
    heard["on_event"].append(event["kind"])


async def follow():
    while True:  # want of memory may end the one that it hits
        try:
            async for event in aioservice.follow():
                heard["follow"].append(event["kind"])
        except MemoryError:
            pass


async def fail(n):
    global struck, nth
    nth = n
    struck = True
    await asyncio.sleep_ms(500)
    left = testclock.fail_alloc(0)
    await asyncio.sleep(4)
    return left


async def main():
    aioservice.load("net", log=Log())
    aioservice.on_event(note)
    asyncio.create_task(follow())
    await turns()
    not_acted = not_told = n = left = 0
    while left == 0 and n < 500:
        n += 1
        aioservice.reset_failed("net")
        before = runs
        left = await fail(n)
        if aioctl.group().tasks["net.service"].state != "running" or runs <= before:
            not_acted += 1
        for kinds in heard.values():
            kinds.clear()
        await fail(0)
        whole = ["failed", "restarting", "starting", "running"]
        if heard != {"log": ["error", "info"], "on_event": whole, "follow": whole}:
            not_told += 1
            print(n, heard)
    print("all of them" if left > 0 and n > 10 else n, not_acted, not_told)


asyncio.run(main())
