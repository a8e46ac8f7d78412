import asyncio

import aioctl
from aioclass import Service


class ThermoService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Measures the temperature v1.0"
        self.enabled = True
        self.kwargs = {"period": 2, "limit": 30}
        self.celsius = None

    def show(self):  # a title and a text, for people
        return "Stats", f"   {self.celsius} C"

    def measure(self):
        return 21.5  # on a board: ask the sensor

    @aioctl.aiotask
    async def task(self, period, limit, log=None):
        self.add_logger(log, service_logger=True)  # self.log writes [thermo.service] before each line
        self.add_ctask(aioctl, self.alarm, "alarm", limit)
        offset = aioctl.result("calibrate.service")
        while True:
            self.celsius = self.measure() + offset
            if self.log:
                self.log.info(f"{self.celsius} C")
            await asyncio.sleep(period)

    @aioctl.aiotask
    async def alarm(self, limit):  # the child task thermo.service.alarm
        while True:
            if self.log and self.celsius is not None and self.celsius > limit:
                self.log.warning(f"above {limit} C", cname="alarm")
            await asyncio.sleep(1)

    def on_stop(self, *args, **kwargs):  # the arguments of task(); what it returns is the result
        return self.celsius

    def on_error(self, exc, *args, **kwargs):
        self.celsius = None
        return exc


service = ThermoService("thermo")
