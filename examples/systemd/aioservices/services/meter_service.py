# Stands for your own: gets ready after a while, and is fed as long as it works.
import asyncio

import aioctl
from aioclass import Service


class MeterService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Reads a meter v1.0"
        self.enabled = True
        self.ready_ms = 5000
        self.watchdog_ms = 2000
        self.restart = {"policy": "on_failure", "delay_ms": 200}
        self.watts = None

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(200)  # the meter warms up
        self.ready()
        while True:
            self.watts = await self.read()
            self.feed()
            await asyncio.sleep_ms(500)

    async def read(self):
        await asyncio.sleep_ms(10)
        return 40

    def on_stop(self, *args, **kwargs):
        print("meter is off")


service = MeterService("meter")
