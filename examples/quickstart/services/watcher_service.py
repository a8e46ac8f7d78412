# A runtime service that looks at the other tasks: each that ends is noted, a failure as an error.
#
#     >>> aioservice.service("watcher").report()     what it has noted
#     >>> aioservice.service("watcher").period = 10  from now on it looks every 10 s
import asyncio
import sys

import aioctl
from aioclass import Service


class WatcherService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Watches the other tasks v1.0"
        self.type = "runtime.service"
        self.enabled = True
        self.args = [2]
        self.period = 0  # seconds; task() sets it, and you may change it
        self.ended = {}  # name -> (asyncio task, its result), once it has ended

    def show(self):
        failed = sum(isinstance(result, Exception) for _, result in self.ended.values())
        return "Stats", f"   Ended: {len(self.ended)}; failed: {failed}"

    def report(self, stream=sys.stdout):
        for name, (_, result) in self.ended.items():
            print(f"{name}: {result!r}", file=stream)

    def look(self):
        tasks = aioctl.group().tasks
        for name in list(self.ended):
            if name not in tasks or tasks[name].task is not self.ended[name][0]:
                del self.ended[name]  # deleted, or started again
        for name, record in list(tasks.items()):
            if record.state == "waiting":
                continue  # for its due time: it has not run yet
            if name not in self.ended and record.task.done():
                result = aioctl.result(name)
                self.ended[name] = (record.task, result)
                self.note(name, result)

    def note(self, name, result):
        if not self.log:
            return
        if isinstance(result, Exception):
            self.log.error(f"{name} failed: {result!r}")
        else:
            self.log.info(f"{name} ended: {result!r}")

    @aioctl.aiotask
    async def task(self, period, log=None):
        self.add_logger(log, service_logger=True)
        self.period = period
        while True:
            self.look()
            await asyncio.sleep(self.period)


service = WatcherService("watcher")
