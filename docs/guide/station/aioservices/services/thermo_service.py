import asyncio
import sys

import aioctl
from aioclass import Service


class ThermoService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Measures the temperature v1.0"
        self.enabled = True
        self.kwargs = {"period": 1, "limit": 30}  # seconds, degrees Celsius
        self.sensor = 21.5  # on a board: ask a sensor
        self.celsius = None
        self.measured = asyncio.Event()

    @aioctl.aiotask
    async def task(self, period, limit, log=None):
        self.add_logger(log, service_logger=True)  # self.log writes [thermo.service] before each line
        self.add_ctask(aioctl, self.alarm, "alarm", limit)
        offset = aioctl.result("calibrate.service")
        if self.log:
            self.log.info(f"every {period} s, offset {offset} C")
        while True:
            self.celsius = self.sensor + offset
            self.measured.set()
            await asyncio.sleep(period)

    @aioctl.aiotask
    async def alarm(self, limit):  # the child task thermo.service.alarm
        hot = False
        while True:
            await self.measured.wait()
            self.measured.clear()
            if self.log and self.celsius > limit and not hot:
                self.log.warning(f"{self.celsius} C is above {limit} C", cname="alarm")
            hot = self.celsius > limit

    def on_stop(self, *args, **kwargs):  # gets the arguments of task(); what it returns is the result
        return self.celsius

    def on_error(self, exc, *args, **kwargs):
        self.celsius = None
        return exc

    def show(self):  # a title and a text, for people
        return "Stats", f"   {self.celsius} C"

    def stats(self):  # figures, for programs
        return {"celsius": self.celsius}

    def report(self, stream=sys.stdout):  # as much text as you like
        print(f"The sensor reads {self.sensor} C.", file=stream)
        print(f"With the offset, it is {self.celsius} C.", file=stream)

    def __call__(self):  # aioservice.call("thermo")
        return f"{self.celsius} C"


service = ThermoService("thermo")
