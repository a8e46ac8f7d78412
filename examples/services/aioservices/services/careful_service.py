# on_error: the last word of a service that fails. What it answers is the result of the task.
#
#     >>> aioservice.service("careful").plugged = False    the sensor is gone: task() will raise
#     >>> aioctl.result("careful.service")
import asyncio

import aioctl
from aioclass import Service


class CarefulService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Heats, and switches off when the sensor fails v1.0"
        self.enabled = True
        self.args = [1, 21]
        self.plugged = True
        self.celsius = 18
        self.heating = False

    def show(self):
        return "Stats", f"   {self.celsius} C, heating: {self.heating}"

    # The exception comes first, then the arguments of the task. Its answer is a text, so for the watcher this
    # failure was dealt with. To be started again, it would answer the exception.
    def on_error(self, exc, *args, **kwargs):
        self.heating = False
        return f"heating off after {exc!r}"

    def measure(self):
        if not self.plugged:
            raise OSError("no sensor")
        self.celsius += 1 if self.heating else -1  # on a board: ask the sensor
        return self.celsius

    @aioctl.aiotask
    async def task(self, period, celsius):
        while True:
            self.heating = self.measure() < celsius
            await asyncio.sleep(period)


service = CarefulService("careful")
