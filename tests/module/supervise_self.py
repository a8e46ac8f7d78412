# A service that stops, unloads, restarts or loads itself: from its task, its on_stop, its on_error, its
# child, or from another service's task. In the end there is what was asked for last, and never two main
# tasks.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service, turns

BODY = """
    restart = %s

    @aioctl.aiotask
    async def task(self):
        test.enter(self)
        try:
            self.add_ctask(aioctl, self.child, "child")
            test.act("task")
            await asyncio.sleep_ms(20)
            if test.fails:
                raise ValueError("fails")
            await asyncio.sleep_ms(100 if test.ends else 100000)
        finally:
            test.leave(self)

    @aioctl.aiotask
    async def child(self):
        await asyncio.sleep_ms(1)
        test.act("child")
        await asyncio.sleep(1000)

    def on_stop(self, *args, **kwargs):
        test.act("on_stop")

    def on_error(self, exc, *args, **kwargs):
        test.act("on_error")
"""
POLICY = '{"policy": "on_failure", "delay_ms": 50, "factor": 1, "burst": 4}'
service("plain", BODY % None)
service("kept", BODY % POLICY)

alive = 0
runs = 0
fails = False
ends = False
todo = {}


def enter(self):
    global alive, runs
    alive += 1
    runs += 1
    if alive > 1:
        print("two runs of", self.name)


def leave(self):
    global alive
    alive -= 1


# Does what is to be done there, once.
def act(where):
    for action in todo.pop(where, ()):
        action()


def state(name):
    record = aioctl.group().tasks.get(name)
    return record and record.state


async def case(name, where, what, fail, stop):
    global runs, fails
    runs = 0
    fails = fail
    todo.clear()
    full = name + ".service"
    todo[where] = [ACTIONS[one](name) for one in what]
    aioservice.load(name)
    await asyncio.sleep_ms(10)
    if stop:
        aioctl.stop(full)
        await turns()
    await asyncio.sleep_ms(30)
    fails = False  # the next run is fine
    if where == "other":
        act("other")
    await asyncio.sleep_ms(300)
    what = " ".join(what)
    shown = "stop," if stop else "failure," if fail else ""
    states = state(full), state(full + ".child")
    print(name, where + ":", shown, what, "->", *states, runs, "runs", alive, "alive")
    if todo:
        print("    not reached:", list(todo))
    todo.clear()
    if aioservice.service(name) is None:
        aioservice.load(name)
    aioctl.stop(full)
    await asyncio.sleep_ms(100)
    aioservice.reset_failed(name)
    for task in aioctl.tasks_match(full + "*"):
        aioctl.delete(task)


ACTIONS = {
    "stop": lambda name: lambda: aioctl.stop(name + ".service"),
    "start": lambda name: lambda: aioctl.start(name + ".service"),
    "load": lambda name: lambda: aioservice.load(name),
    "unload": lambda name: lambda: aioservice.unload(name),
    "restart": lambda name: lambda: aioservice.restart(name),
}


async def main():
    for name in "plain", "kept":
        again = ("stop", "start"), ("stop", "load"), ("restart", "stop")
        for what in (("stop",), ("restart",), ("unload",)) + again:
            await case(name, "task", what, False, False)
            await case(name, "child", what, False, False)
            await case(name, "other", what, False, False)
        for what in ("restart",), ("start",), ("load",), ("restart", "stop"), ("unload",), ("stop",):
            await case(name, "on_stop", what, False, True)
            await case(name, "on_error", what, True, False)
            # a failed one, or one whose restart is due
            await case(name, "other", what, True, False)
        for what in ("stop", "start", "stop"), ("start", "stop", "start"), ("restart", "unload"):
            await case(name, "other", what, False, False)
            await case(name, "other", what, True, False)
            await case(name, "other", what, False, True)
        await case(name, "task", ("stop", "start", "stop"), False, False)
        await case(name, "on_stop", ("start", "stop", "start"), False, True)


asyncio.run(main())
