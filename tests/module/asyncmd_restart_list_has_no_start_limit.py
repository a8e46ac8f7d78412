# asyncmd's kwargs restart={...}: an hour without a broker is not the end of a service. A policy of its own has its limit.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

aioservice.quiet()  # what is told is not what is tested

runs = {}
broker = False

BODY = """
    %s
    def __init__(self, name):
        super().__init__(name)
        self.kwargs = {"restart": {"%s.service"}}

    @aioctl.aiotask
    async def task(self, **kwargs):
        test.runs[self.name] = test.runs.get(self.name, 0) + 1
        if not test.broker:
            raise OSError("ECONNREFUSED")
        await asyncio.sleep(100000)
"""

service("mqtt", BODY % ("", "mqtt"))
service("limited", BODY % ('restart = "on_failure"', "limited"))


async def main():
    global broker
    aioservice.load("mqtt")
    aioservice.load("limited")
    await asyncio.sleep(3600)
    for name in "mqtt", "limited":
        task = aioctl.group().tasks[name + ".service"]
        print(name, task.state, runs[name] > 100)
    # dates are left out
    aioservice.verify()
    broker = True
    await asyncio.sleep(31)
    print(aioctl.group().tasks["mqtt.service"].state)


if hasattr(aioservice, "restart"):
    asyncio.run(main())
else:
    print("SKIP")
