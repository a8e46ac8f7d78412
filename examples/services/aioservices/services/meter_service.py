# All the ways in which a service tells about itself.
#
#     >>> aioctl.status("meter.service", debug=True)    show(), among other things
#     >>> aioservice.service("meter").stats()           figures, for programs
#     >>> aioservice.service("meter").report()          text, as much as you like
#     >>> aioservice.call("meter")                      __call__(), the short answer
import asyncio
import sys

import aioctl
from aioclass import Service


class MeterService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Meters electricity v1.0"
        self.docs = "README.md"
        self.enabled = True
        self.args = [1]
        self.readings = 0  # how many
        self.sum = 0  # watts
        self.latest = []  # watts

    # One short line in the long status: a title and a text.
    def show(self):
        return "Stats", f"   {self.mean()} W in {self.readings} readings"

    # What a program can work with, or send as JSON.
    def stats(self):
        return {"readings": self.readings, "mean": self.mean()}

    # To any stream: the screen, a file, a socket.
    def report(self, stream=sys.stdout):
        for number, watts in enumerate(self.latest, self.readings - len(self.latest) + 1):
            print(f"reading {number}: {watts} W", file=stream)

    # What calling the service itself does is up to you.
    def __call__(self, stream=sys.stdout):
        print(f"{self.mean()} W", file=stream)

    def mean(self):
        return self.sum // self.readings if self.readings else None

    def read(self):
        return 40 + 10 * (self.readings % 3)  # on a board: ask the meter

    @aioctl.aiotask
    async def task(self, period, keep=3):
        while True:
            watts = self.read()
            self.readings += 1
            self.sum += watts
            self.latest = self.latest[1 - keep :] + [watts]
            await asyncio.sleep(period)


service = MeterService("meter")
