# A collection at every allocation, wherever many tasks or services are gone through.

from _services import asyncio, aioctl, aioservice, service, core, turns
import gc

import aioschedule

TASK = """
    enabled = True
    require = %s

    @aioctl.aiotask
    async def task(self, key=0):
        self.add_ctask(aioctl, self.child, "child")
        await test.go.wait()
        return [self.name, key]

    @aioctl.aiotask
    async def child(self):
        await test.go.wait()

    def on_stop(self, *args):
        return "stopped " + self.name
"""
N = 12
for i in range(N):
    service("s%d" % i, TASK % "None")
    core("c%d" % i, TASK % ('["c%d"]' % (i - 1) if i % 3 else "None"))
go = asyncio.Event()


def count(*states):
    tasks = aioctl.group().tasks
    return [sum(tasks[name].state == state for name in aioctl.tasks_match("*")) for state in states]


async def main():
    gc.threshold(1)
    go.set()
    results = await aioservice.boot(debug=False)
    print(len(results), results["c11"])
    aioctl.delete("*")
    go.clear()

    aioservice.init(debug=False)
    await turns()
    print(count("running", "stopped"))
    aioctl.stop("*")
    await turns()
    print(count("running", "stopped"), aioctl.result("s7.service"))
    aioctl.start("*.service")
    await turns()
    print(count("running", "stopped"))
    for i in range(N):
        aioschedule.schedule("s%d.service" % i, start_in=1000 + i)
    aioctl.stop()
    await turns()
    print(count("running", "stopped"), aioschedule.group())
    aioctl.result("s1*.service")
    print(aioctl.traceback("*", rtn=True), aioctl.start("s*.service"))
    aioctl.delete("*.child")
    print(len(aioctl.tasks_match("*")))
    for i in range(0, N, 2):
        aioservice.unload("s%d" % i)
    aioservice.list()
    gc.threshold(-1)


asyncio.run(main())
