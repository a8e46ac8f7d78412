# The smallest useful service: a name, what it is for, and a task. services.config has it disabled,
# so that it does not start by itself.
#
#     >>> aioservice.load("world", log=getLogger("quickstart"))
#     >>> aioservice.unload("world")
import asyncio

import aioctl
from aioclass import Service


class WorldService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "World example runner v1.0"
        self.args = ["world"]

    @aioctl.aiotask
    async def task(self, whom, log=None):
        while True:
            if log:
                log.info(f"[{self.name}.service] hello, {whom}")
            await asyncio.sleep(5)


service = WorldService("world")
