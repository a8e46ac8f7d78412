# Nothing that is still needed is collected: while boot waits, tasks sleep, the schedule loop is parked.

from _services import asyncio, aioctl, aioservice, core, service, turns
import gc

import aioschedule


def collect():
    gc.collect()
    # what was freed by mistake is written over
    return [bytearray(n) for n in range(16, 256, 16)] and [object() for _ in range(50)]


TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self, n=0):
        test.collect()
        self.add_ctask(aioctl, self.child, "child")
        await asyncio.sleep_ms(1)
        test.collect()
        return self.name.upper()

    @aioctl.aiotask
    async def child(self):
        await asyncio.sleep_ms(0)
        test.collect()
        return "child of " + self.name
"""
core("a", TASK % "None")
core("b", TASK % '"a"')
core("c", TASK % '["a", "b"]')
service("d", TASK % "None")


async def main():
    print(sorted((await aioservice.boot(debug=False)).items()))
    collect()
    aioservice.load("d")
    collect()
    aioctl.add(aioschedule.schedule_loop)
    await turns()
    collect()
    print(await aioctl.group().tasks["d.service"].task, aioctl.result("d.service.child"))
    collect()
    aioschedule.schedule("d.service", start_in=0, repeat=1000)
    await turns()
    print(await aioctl.group().tasks["d.service"].task)
    for i in range(3):
        aioservice.load("d")
        aioservice.unload("d")
        collect()
    aioservice.list()


asyncio.run(main())
