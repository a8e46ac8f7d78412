# Waters the plants. It has a mistake, which the last page of the guide finds.
import asyncio

import aioctl
from aioclass import Service


class PumpService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Waters the plants v1.0"
        self.args = [3, 0]

    @aioctl.aiotask
    async def task(self, litres, minutes, log=None):
        self.add_logger(log, service_logger=True)
        rate = litres / minutes
        if self.log:
            self.log.info(f"{rate} litres a minute")
        await asyncio.sleep(minutes * 60)


service = PumpService("pump")
