import asyncio

import aioctl
from aioclass import Service


class BlinkService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Blinks a LED v1.0"
        self.enabled = True  # started by init()
        self.args = [500]  # the arguments of task(), unless services.config has others
        self.on = False

    @aioctl.aiotask
    async def task(self, ms):
        while True:
            self.on = not self.on  # on a board: self.led.toggle()
            await asyncio.sleep_ms(ms)


service = BlinkService("blink")
