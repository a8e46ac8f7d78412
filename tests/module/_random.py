# Random orders of what can be asked of services that require each other, and what must hold whatever is asked for, in
# whatever order, and however they end: none runs without what it requires, none runs twice, and when peace returns all
# run; when they are unloaded, none is left.
#
# Services fail, return, take their time to be ready and to end, and do things to others themselves. `python NAME.py
# NUMBER` shows what was done in the run of that number.

import sys

import _clock
from _clock import asyncio, now
from _replay import Replay, print_all
from _services import Clock, aioctl, aioservice, service

aioservice.quiet()  # what is told is not what is tested

NAMES = "abcdefg"
STEPS = 80
verbose = len(sys.argv) > 1
prints = False  # what is told in other ways, too
FAILURES = "report", "restart", "fail"
BODY = """
    %s

    @aioctl.aiotask
    async def task(self):
        await test.run.task(self, %r)

    @aioctl.aiotask
    async def kid(self):
        await test.run.kid()
"""
RESTARTS = "'never'", "'on_failure'", "'on_success'", "'always'", "{'policy': 'always', 'delay_ms': 20, 'burst': 3}"


# The same numbers everywhere.
def rand(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x3FFFFFFF
    return (seed >> 12) % n


def task_of(name):
    return aioctl.group().tasks.get(name + ".service") if aioctl.group() else None


def is_done(name):
    task = task_of(name)
    return task is not None and task.state == "done"


def note(*what):
    if verbose:
        print("   ", now(), *what)


class Run:
    # fail(n): a function that has the n-th allocation from now fail, or None
    def __init__(self, number, fail):
        global seed
        self.number = seed = number
        self.fail = fail
        self.live = {name: 0 for name in NAMES}
        self.requires = {}
        self.ready = {}
        self.has_kid = {}
        self.peace = False
        self.replay = Replay()
        self.excused = set()  # ended well, which is all that is asked of what is required, and then taken away
        for i, name in enumerate(NAMES):
            self.put(i, name)

    def put(self, i, name):
        requires = self.requires[name] = [NAMES[k] for k in range(i) if rand(3) == 0]
        attributes = "require, restart, stop_ms = %r, %s, 200" % (requires, RESTARTS[rand(len(RESTARTS))])
        self.ready[name] = rand(3) == 0
        if self.ready[name]:
            attributes += "; ready_ms = 50"
        for attribute in "after", "wants":
            if i and rand(4) == 0:
                attributes += "; %s = %r" % (attribute, NAMES[rand(i)])
        self.has_kid[name] = rand(3) == 0
        if self.has_kid[name]:
            attributes += "; child_failure = %r" % FAILURES[rand(len(FAILURES))]
        service(name, BODY % (attributes, name))

    def begins(self, name):
        note("+", name)
        if self.live[name] > 1:
            self.wrong(name, "runs twice")
        for other in self.requires[name]:
            if not self.live[other] and not is_done(other) and other not in self.excused:
                self.wrong(name, "runs without", other)

    def wrong(self, *what):
        print("WRONG: run", self.number, "at", now(), *what)
        print("   ", self.requires, [(task.name, task.state) for task in aioctl.group().tasks.values()])

    async def task(self, service, name):
        self.live[name] += 1
        try:
            self.begins(name)
            if self.has_kid[name]:
                service.add_ctask(aioctl, service.kid, "kid")
            await self.work(name)
        finally:
            try:
                await asyncio.sleep_ms(rand(60) if rand(3) else 0)
            except asyncio.CancelledError:
                pass
            finally: # also where there is no memory
                self.live[name] -= 1
                note("-", name)

    async def kid(self):
        what = 3 if self.peace else rand(8)
        await asyncio.sleep_ms(rand(100) if what < 3 else 1000000)
        if what < 2:
            raise ValueError("kid")

    async def work(self, name):
        if self.ready[name]:
            await asyncio.sleep_ms(1 if self.peace else rand(70))
            if aioservice.service(name):
                aioservice.service(name).ready()
        what = 3 if self.peace else rand(12)
        if what < 3:
            await asyncio.sleep_ms(rand(100))
        if what == 0:
            raise ValueError(name)
        if what == 1:
            return
        if what == 2:
            self.act()
        await asyncio.sleep(1000)

    # Does something to some service.
    def act(self):
        name = NAMES[rand(len(NAMES))]
        what = rand(9)
        task = task_of(name)
        note("load unload stop start restart delete load reset_failed reload".split()[what], name, task)
        if what in (0, 6):
            self.load(name)
        elif task is None:
            return
        elif what == 1:
            self.excuse(name)
            aioservice.unload(name)
        elif what == 2:
            aioctl.stop(name)
        elif what == 3:
            self.excused.clear()
            aioctl.start(name)
        elif what == 4:
            self.excused.clear()
            aioservice.restart(name)
        elif what == 5:
            self.excuse(name)
            aioctl.delete(name)
        elif what == 8:
            self.excuse(name)
            aioservice.reload(name)
        else:
            aioservice.reset_failed()

    def excuse(self, name):
        if is_done(name):
            self.excused.add(name)

    # Of one that goes on it would start a further instance.
    def load(self, name):
        self.excused.clear()
        task = task_of(name)
        if task is None or task.state not in ("running", "starting"):
            aioservice.load(name)

    # What is told agrees; where allocations fail, some of it may not be told.
    def look(self):
        if self.fail is None:
            self.replay.compare(self.wrong)
        if prints:
            print_all()

    async def main(self):
        for _ in range(STEPS):
            if self.fail is not None and rand(2):
                self.fail(1 + rand(100))
            try:
                self.act()
            except MemoryError:
                note("MemoryError")
            self.look()
            if rand(3):
                await asyncio.sleep_ms(rand(80))
                self.look()
        if self.fail is not None:
            self.fail(0)
        self.peace = True
        await asyncio.sleep_ms(500)
        aioservice.reset_failed()
        for name in NAMES:
            self.load(name)
        await asyncio.sleep_ms(1000)
        for name in NAMES:
            if task_of(name) is None or task_of(name).state != "running":
                self.wrong(name, "does not run in the end")
        for name in NAMES:
            aioservice.unload(name)
        await asyncio.sleep_ms(2000)
        if any(self.live.values()) or aioctl.tasks_match("*"):
            self.wrong("left:", self.live)


# Runs those numbers. The service files reach a run as test.run.
def run(main, numbers, fail=None):
    sys.modules["time"] = Clock()
    for number in [int(sys.argv[1])] if verbose else numbers:
        main.run = Run(number, fail)
        asyncio.run(main.run.main())
        asyncio.new_event_loop()
        asyncio.core._io_queue = _clock.NoWait()
    print("fine")
