# A service with a logger of its own: each line says where it is from, and has its own level.
#
#     >>> aioctl.log("[logs.service")                          the lines of this service
#     >>> aioctl.log("[logs.service.fan]")                     those of its child only
#     >>> aioservice.service("logs").log.setLevel("WARNING")   from now on nothing below
import asyncio

import aioctl
from aioclass import Service


class LogsService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Writes log lines of all levels v1.0"
        self.enabled = True
        self.args = [2]
        self.kwargs = {"loglevel": "INFO", "limit": 40}
        self.celsius = 37

    @aioctl.aiotask
    async def task(self, period, limit, loglevel, log=None):
        # log is what init() was given, for all services. self.log puts [logs.service] before each line
        # and drops what is below its level; the logger behind it has a level, too.
        self.add_logger(log, level=loglevel, service_logger=True)
        if not self.log:
            return "started without a logger"
        self.add_ctask(aioctl, self.fan, "fan", period, limit)
        while True:
            self.log.debug("measuring")
            self.celsius += 1
            self.log.info("%d C", self.celsius)
            await asyncio.sleep(period)

    # The child's lines carry [logs.service.fan], as cname says.
    @aioctl.aiotask
    async def fan(self, period, limit):
        while True:
            if self.celsius >= limit:
                self.log.warning("%d C is too hot, fan on", limit, cname="fan")
                self.celsius -= 4
            await asyncio.sleep(period)


service = LogsService("logs")
