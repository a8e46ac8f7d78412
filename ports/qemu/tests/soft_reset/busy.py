# Starts services of every kind, and is reset in the middle of it all.
import asyncio
import os

import aioctl
import aioschedule
import aioservice
import machine
from aiolog import streamlog

CORE = """
import asyncio
import aioctl
from aioclass import Service

class Core(Service):
    def __init__(self, name):
        super().__init__(name)
        self.type = "core.service"
        self.enabled = True

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(5)
        return "ready"

service = Core("disk")
"""

RUNTIME = """
import asyncio
import aioctl
from aioclass import Service

class Runtime(Service):
    def __init__(self, name):
        super().__init__(name)
        self.enabled = True
        self.kwargs = {"on_stop": self.on_stop}
        self.turns = 0

    def on_stop(self, *args, **kwargs):
        print("stopped")

    @aioctl.aiotask
    async def task(self, log=None):
        self.add_ctask(aioctl, self.blink, "blink")
        while True:
            self.turns += 1
            await asyncio.sleep_ms(1)

    @aioctl.aiotask
    async def blink(self):
        while True:
            await asyncio.sleep_ms(1)

service = Runtime("beat")
"""

SCHEDULED = """
import aioctl
from aioclass import Service

class Scheduled(Service):
    def __init__(self, name):
        super().__init__(name)
        self.type = "schedule.service"
        self.enabled = True
        self.schedule = {"start_in": 0, "repeat": 1}

    @aioctl.aiotask
    async def task(self):
        return 1

service = Scheduled("watch")
"""

FAILED = "import nothing_of_that_name\n"

# The first program makes the folders, and the second finds them.
try:
    os.mkdir("aioservices")
    os.mkdir("aioservices/services")
except OSError:
    print("after a soft reset")

for name, text in ("disk", CORE), ("beat", RUNTIME), ("watch", SCHEDULED), ("broken", FAILED):
    with open("aioservices/services/%s_service.py" % name, "w") as file:
        file.write(text)
with open("services.config", "w") as file:
    file.write('{"beat": {"enabled": true, "args": [], "kwargs": {}}}')

aioctl.color(False)
aioctl.set_log(streamlog)
aioctl.setenv({"LEFT": "behind"})


async def main():
    print(await aioservice.boot(debug=False))
    aioservice.init(debug=False)
    await asyncio.sleep_ms(50)
    streamlog.write("before the reset\n")
    print(aioctl.group().tasks["beat.service"].done_at, aioservice.service("beat").turns > 10)
    print(sorted(aioctl.group().tasks))
    print(sorted(aioschedule.group()))
    machine.soft_reset()


asyncio.run(main())
