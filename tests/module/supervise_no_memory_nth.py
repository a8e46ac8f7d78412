# One allocation fails, each in turn, while a service fails, is restarted, and what requires it is ended and
# started with it: after that all runs that should, once.

import _clock
from _clock import asyncio, testclock
from _services import aioctl, aioservice, service, turns

aioservice.quiet()  # what is told is not what is tested

if not hasattr(testclock, "fail_alloc"):
    print("SKIP")
    raise SystemExit

alive = {"net": 0, "web": 0}
struck = False
nth = 0
ERROR = ValueError("made before")

service(
    "net",
    """
    restart = {"policy": "on_failure", "delay_ms": 100, "factor": 1, "burst": 200}

    @aioctl.aiotask
    async def task(self):
        test.alive["net"] += 1
        try:
            while not test.strike():
                await asyncio.sleep_ms(10)
            raise test.ERROR
        finally:
            test.alive["net"] -= 1
""",
)
service(
    "web",
    """
    require = "net"
    restart = {"policy": "on_failure", "burst": 200}

    @aioctl.aiotask
    async def task(self):
        test.alive["web"] += 1
        try:
            await asyncio.sleep(1000)
        finally:
            test.alive["web"] -= 1
""",
)


def strike():
    global struck
    if not struck:
        return False
    struck = False
    testclock.fail_alloc(nth)
    return True


def states():
    return [aioctl.group().tasks[name + ".service"].state for name in ("net", "web")]


def fail():
    global struck
    struck = True


# By hand: who calls learns of it, and then nothing, or not all, was done.
def by_hand(call, *args):
    testclock.fail_alloc(nth)
    try:
        call(*args)
    except MemoryError:
        pass


def restart():
    by_hand(aioservice.restart, "net")


# Fails the n-th allocation of what comes after an act, until there are fewer.
async def failing(act):
    global nth
    wrong = left = nth = 0
    while left == 0 and nth < 300:
        nth += 1
        act()
        await asyncio.sleep_ms(500)
        left = testclock.fail_alloc(0)
        await asyncio.sleep(4)
        if states() != ["running", "running"] or alive != {"net": 1, "web": 1}:
            wrong += 1
            print(nth, states(), alive)
            aioservice.reset_failed()
            for name in "net", "web":
                if states()[name == "web"] != "running":
                    aioservice.load(name)
            await asyncio.sleep(1)
    print("all of them" if left > 0 and nth > 2 else nth, wrong)


async def main():
    aioservice.load("web")
    await turns()
    print(states())
    for act in fail, restart:
        await failing(act)


asyncio.run(main())
