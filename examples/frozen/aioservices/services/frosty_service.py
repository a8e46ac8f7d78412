# A service that lives in the firmware: aioservice finds it there like one in a file.
#
# It keeps the heap tidy. A collection at a quiet moment is better than one in the middle of work
# that cannot wait, and the least free memory ever seen tells how much room there is.
import asyncio
import gc

import aioctl
from aioclass import Service


class FrostyService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Collects garbage at quiet moments v1.0"
        self.type = "runtime.service"
        self.enabled = True
        self.args = [10]
        self.least_free = None  # bytes

    def show(self):
        return "Stats", f"   Least free memory: {self.least_free} B"

    @aioctl.aiotask
    async def task(self, period, log=None):
        self.add_logger(log, service_logger=True)
        while True:
            free = gc.mem_free()  # before it collects: what was left at worst
            if self.least_free is None or free < self.least_free:
                self.least_free = free
                if self.log:
                    self.log.info(f"least free memory: {free} B")
            gc.collect()
            await asyncio.sleep(period)


service = FrostyService("frosty")
