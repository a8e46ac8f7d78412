# asyncmd's way: kwargs["restart"], False, True or the names of services to restart along.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, config, service

starts = {}


def started(service, kwargs):
    runs = starts.setdefault(service.name, [])
    runs.append((now() - base, kwargs.get("restart", "not given")))
    return len(runs)


def fails(name, restart, takes="**kwargs"):
    body = """
    def __init__(self, name):
        super().__init__(name)
        self.kwargs = {"restart": %r}
    @aioctl.aiotask
    async def task(self, %s):
        if test.started(self, %s) == 1:
            await asyncio.sleep_ms(100)
            raise ValueError("first run")
        await asyncio.sleep(1000)
"""
    service(name, body % (restart, takes, "kwargs" if "kwargs" in takes else "{}"))


def goes_on(name):
    body = """
    @aioctl.aiotask
    async def task(self, **kwargs):
        test.started(self, kwargs)
        await asyncio.sleep(1000)
"""
    service(name, body)


def grow(name):
    aioctl.group().tasks[name + ".service"].kwargs["restart"].add("one.service")


async def case(name, *others, how=False, during=None):
    global base
    starts.clear()
    base = now()
    for other in others:
        aioservice.load(other)
    print(aioservice.load(name, config=how))
    await asyncio.sleep_ms(50)
    if during is not None:
        during(name)
    await asyncio.sleep(5)
    for other in sorted(starts):
        # a set has no order
        plain = [(ms, sorted(given) if isinstance(given, set) else given) for ms, given in starts[other]]
        print(other, plain)
    for other in (name,) + others:
        print(other, aioctl.group().tasks[other + ".service"].state)
        aioctl.delete(other + ".service")
    await asyncio.sleep(1)


async def main():
    fails("no", False)
    await case("no")
    # True is for a watcher to act on
    fails("yes", True)
    await case("yes")
    # a task that has no use for it does not get it
    fails("strict", ["apart"], "x=1")
    await case("strict")
    goes_on("one")
    goes_on("two")
    goes_on("apart")
    fails("along", ["one", "two.service"])
    await case("along", "one", "two", "apart")
    # a set is as good, and may grow while it runs; its own name is no trouble
    fails("grows", {"grows.service"})
    await case("grows", "one", during=grow)
    # what its user stopped is not started, and a name that is none is no trouble
    fails("some", ["one", "nobody"])
    aioservice.load("one")
    await asyncio.sleep(1)
    aioctl.stop("one.service")
    await case("some")
    print(aioctl.group().tasks["one.service"].state)

    # in the file
    fails("filed", None)
    config(filed={"enabled": True, "kwargs": {"restart": ["apart"]}})
    await case("filed", how=True)
    # a policy does not belong there
    fails("word", "on_failure")
    print(aioservice.load("word"))
    # the attribute makes the policy, False forbids
    for name, kwargs, attribute in (
        ("both", ["one"], "never"),
        ("more", ["one"], "always"),
        ("forbids", False, "on_failure"),
        ("true", True, "on_failure"),
    ):
        fails(name, kwargs)
        aioservice.load(name)
        aioctl.delete(name + ".service")
        aioservice.service(name).restart = attribute
        await asyncio.sleep(1)
        await case(name)


asyncio.run(main())
