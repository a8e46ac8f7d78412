# aioservice.restart: ends and starts again, and so do load and start of a service that is ending; from
# outside as from within the service. Never are there two main tasks of it.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

starts = []
under_way = 0
act = {}  # what the service does once: place -> function


def at(place):
    fun = act.pop(place, None)
    if fun is not None:
        print("   ", place, fun())


async def run(service):
    global under_way
    starts.append(now() - base)
    under_way += 1
    assert under_way == 1
    try:
        await asyncio.sleep_ms(10)
        at("task")
        await asyncio.sleep_ms(10)
        if "on_error" in act:
            raise ValueError("for on_error")
        await asyncio.sleep(1000)
    finally:
        try:
            at("finally")
            await asyncio.sleep_ms(5)
        finally:
            under_way -= 1


service(
    "a",
    """
    stop_ms = 1000
    def on_stop(self, *args, **kwargs):
        test.at("on_stop")
    def on_error(self, exc, *args, **kwargs):
        test.at("on_error")
        return exc
    @aioctl.aiotask
    async def child(self):
        test.at("child")
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.child, "child")
        await test.run(self)
""",
)


def restart():
    return aioservice.restart("a")


def start():
    return aioctl.start("a.service")


def load():
    return aioservice.load("a")


def stop():
    return aioctl.stop("a.service")


def unload():
    return aioservice.unload("a")


async def case(what, steps, *places):
    global base
    aioctl.delete("a.service*")
    await asyncio.sleep(1)
    print(what)
    starts.clear()
    act.clear()
    base = now()
    load()
    await asyncio.sleep_ms(0)
    for place, fun in places:
        act[place] = fun
    for ms, fun in steps:
        await asyncio.sleep_ms(base + ms - now())
        print("   ", fun())
    await asyncio.sleep(60)
    task = aioctl.group().tasks.get("a.service")
    print("   ", starts, task and task.state, sorted(aioctl.tasks_match("a.service@*")))


async def main():
    load()
    await case("restart of a running one", [(5, restart)])
    await case("twice", [(5, restart), (7, restart)])
    await case("start, load while it ends", [(5, stop), (7, start), (8, load)])
    await case("restart of a stopped one", [(5, stop), (20, restart)])
    await case("restarts itself", [], ("task", restart))
    await case("restarts itself at its end", [(15, stop)], ("finally", restart))
    await case("restarts itself from on_stop", [(15, stop)], ("on_stop", restart))
    await case("starts itself from on_stop", [(15, stop)], ("on_stop", start))
    await case("loads itself from on_stop", [(15, stop)], ("on_stop", load))
    await case("loads itself from on_error", [], ("on_error", load))
    await case("restarts itself from on_error", [], ("on_error", restart))
    await case("is restarted by its child", [], ("child", restart))
    await case("stops itself", [], ("task", stop))
    await case("unloads itself", [], ("task", unload))
    print(load())
    await case("unloads itself from on_stop", [(15, stop)], ("on_stop", unload))
    print(load())
    await case("is stopped by its child", [], ("child", stop))
    await case("is unloaded by its child", [], ("child", unload))
    await case("stop in on_stop after a restart", [(15, restart)], ("on_stop", stop))

    # a name that is none
    print(aioservice.restart("nobody"))


asyncio.run(main())
