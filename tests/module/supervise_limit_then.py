# What is done when the start limit is hit: a function is called, the device is reset, or only what is safe
# goes on. What goes wrong there is said and hurts nobody.

import sys

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service


class Machine:
    resets = 0

    def reset(self):
        self.resets += 1


class Bare:
    pass


def tell(service):
    print("then:", service, now())


def raising(service):
    raise ValueError("then")




class Callable:
    def __call__(self, service):
        print("callable:", service.name)


instance = Callable()


def fails(name, then):
    body = """
    restart = {"burst": 1, "then": %s}
    @aioctl.aiotask
    async def task(self):
        1 / 0
"""
    service(name, body % then)


def goes_on(name, more=""):
    body = """
    %s
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
"""
    service(name, body % more)


async def mine():
    await asyncio.sleep(1000)


def states():
    tasks = aioctl.group().tasks
    print([(name, tasks[name].state) for name in aioctl.tasks_match("*.service")])


async def main():
    machine = Machine()
    goes_on("normal")
    goes_on("safe", "safe_mode = True")
    goes_on("unsafe", "safe_mode = False")
    goes_on("restarting", "restart = 'always'")
    for name in "normal", "safe", "unsafe", "restarting":
        aioservice.load(name)
    aioctl.add(mine)

    for name, then in (
        ("none", "None"),
        ("told", "test.tell"),
        ("called", "test.instance"),
        ("method", "lambda service: service.log"),
        ("raising", "test.raising"),
        ("machineless", "'reset'"),
    ):
        fails(name, then)
        if name == "machineless":
            sys.modules["machine"] = Bare()
        aioservice.load(name)
        await asyncio.sleep(1)
    states()

    sys.modules["machine"] = machine
    fails("resets", "'reset'")
    aioservice.load("resets")
    await asyncio.sleep(1)
    print("resets", machine.resets)

    # what it has stopped stays stopped: it was stopped as by its user
    fails("careful", "'safe_mode'")
    aioservice.load("careful")
    await asyncio.sleep(60)
    states()
    print(aioctl.group().tasks["mine"].state)

    # a task that is started again runs
    print(aioctl.start("normal.service"))
    await asyncio.sleep(1)
    print(aioctl.group().tasks["normal.service"].state)

    # sys.exit() in it ends the loop when the services have ended
    fails("leaves", "test.sys.exit")
    aioservice.load("leaves")
    await asyncio.sleep(60)
    print("goes on")


try:
    asyncio.run(main())
except SystemExit as e:
    print("SystemExit", e.value)
    states()
