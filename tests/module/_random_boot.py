# Random boots: core services and others that require each other, that fail, are restarted, are late and do not end, while
# others are told to stop, to go, and to start. Each boot has to end, and nothing may run before what it requires has
# ended well, or runs. With an argument, the program that runs this tells what is done.

import sys

import _random
from _clock import asyncio, now
from _random import note, rand, task_of
from _replay import Replay
from _services import Clock, aioctl, aioservice, service

NAMES = "abcdefgh"
RESTARTS = "'never'", "'on_failure'", "'on_success'", "'always'", "{'delay_ms': 20, 'burst': 3}"


class Run:
    def __init__(self, number):
        self.number = _random.seed = number
        for _ in range(5):
            rand(2)  # runs of neighbouring numbers begin alike
        self.requires = {}
        self.is_core = {}
        self.swallows = {}
        self.live = {name: 0 for name in NAMES}
        self.ended_well = set()
        self.booting = False
        self.replay = Replay()
        for i, name in enumerate(NAMES):
            self.put(i, name)

    def put(self, i, name):
        core = self.is_core[name] = rand(4) > 0
        before = [other for other in NAMES[:i] if self.is_core[other] or not core]
        requires = self.requires[name] = [other for other in before if rand(3) == 0]
        if core and rand(12) == 0:
            requires.append(NAMES[rand(8)])  # it may not be there, be no core service, or make a circle
        self.swallows[name] = rand(8) == 0
        attributes = "enabled, require, restart, stop_ms = True, %r, %s, 50" % (requires, RESTARTS[rand(len(RESTARTS))])
        for attribute in "ready_ms = 30", "watchdog_ms = 40":
            if rand(6) == 0:
                attributes += "; " + attribute
        body = "    %s\n    @aioctl.aiotask\n    async def task(self):\n        return await test.run.task(%r)\n"
        service(name, body % (attributes, name), "core.service" if core else "runtime.service")

    def wrong(self, *what):
        print("WRONG: run", self.number, "at", now(), *what)
        print("   ", self.requires, [(task.name, task.state) for task in aioctl.group().tasks.values()])

    async def task(self, name):
        note("+", name)
        self.live[name] += 1
        if self.live[name] > 1:
            self.wrong(name, "runs twice")
        for other in self.requires[name]:
            if other not in self.ended_well and (self.is_core[other] or not self.live[other]):
                self.wrong(name, "runs without", other)
        try:
            await self.work(name)
            self.ended_well.add(name)
        finally:
            note("-", name)
            self.live[name] -= 1

    async def work(self, name):
        try:
            await asyncio.sleep_ms(rand(60))
            if aioservice.service(name) and rand(2):
                aioservice.service(name).ready()
            what = rand(8)
            if what == 0:
                raise ValueError(name)
            if what == 1:
                raise asyncio.CancelledError
            if what == 2:
                self.act()
            if not self.is_core[name] and rand(2):
                await asyncio.sleep(1000)
        except asyncio.CancelledError:
            until = now() + 300
            while self.swallows[name] and now() < until:
                try:
                    await asyncio.sleep_ms(100)
                except asyncio.CancelledError:
                    pass
            raise

    def act(self):
        name = NAMES[rand(8)]
        what = "unload load stop restart start init".split()[rand(6)]
        if self.booting and self.is_core[name] and what in ("load", "restart", "start"):
            return  # by hand it would run before its turn
        task = task_of(name)
        note(what, name, task)
        if what == "init":
            aioservice.init()
        elif what == "load":
            if task is None or task.state not in ("running", "starting"):
                aioservice.load(name)
        elif task is not None and what == "unload":
            aioservice.unload(name)
        elif what == "restart":
            aioservice.restart(name)
        elif task is not None:
            getattr(aioctl, what)(name)

    async def meddle(self):
        for _ in range(rand(6)):
            await asyncio.sleep_ms(rand(60))
            self.act()
            self.replay.compare(self.wrong)

    async def main(self):
        for _ in range(3):
            meddler = asyncio.create_task(self.meddle())
            self.booting = True
            try:
                note(await asyncio.wait_for(aioservice.boot(), 8))
            except asyncio.TimeoutError:
                self.wrong("boot does not end")
            self.booting = False
            self.replay.compare(self.wrong)
            await meddler
            aioservice.init()
            self.replay.compare(self.wrong)
            await asyncio.sleep_ms(rand(100))
            self.replay.compare(self.wrong)


# One run in each process: what was unloaded is in no later boot. The service files reach it as test.run.
def run(main, number):
    sys.modules["time"] = Clock()
    main.run = Run(number)
    asyncio.run(main.run.main())
    print("fine")
