# A schedule service: it runs when it is due, does its work and ends, until it is due again.
#
# This one reports how much memory and disk is left, 10 s after the start and then once a minute.
import gc
import os

import aioctl
from aioclass import Service


class DevopService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Reports memory and disk v1.0"
        self.type = "schedule.service"
        self.enabled = True
        self.schedule = {"start_in": 10, "repeat": 60}  # seconds
        self.runs = 0

    # Figures for programs, show() for people: aioservice.service("devop").show().
    def stats(self):
        gc.collect()
        disk = os.statvfs(".")
        return {
            "mem_free": gc.mem_free(),
            "mem_alloc": gc.mem_alloc(),
            "disk_free": disk[0] * disk[3],  # size of a block, blocks free
        }

    def show(self):
        now = self.stats()
        return "Stats", f"   Free: {now['mem_free']} B memory, {now['disk_free']} B disk; runs: {self.runs}"

    @aioctl.aiotask
    async def task(self, log=None):
        self.add_logger(log, service_logger=True)
        self.runs += 1
        now = self.stats()
        if self.log:
            self.log.info(f"free: {now['mem_free']} B memory, {now['disk_free']} B disk")
        return now["mem_free"]


service = DevopService("devop")
