# A schedule: the service does its work and ends, and is started again when it is due.
#
# Its own schedule is the one below. services.config may have another:
#
#     "sampler": {"enabled": true, "kwargs": {"schedule": {"start_in": 0, "repeat": 2}}}
#
#     >>> aioctl.status("sampler.service")     when it ran, and when it will
#     >>> aioctl.stop("sampler.service")       out of the schedule; aioctl.start() puts it back
import aioctl
from aioclass import Service


class SamplerService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Takes a sample now and then v1.0"
        self.type = "schedule.service"
        self.enabled = True
        self.schedule = {"start_in": 10, "repeat": 60}  # seconds
        self.samples = []

    @aioctl.aiotask
    async def task(self, keep=10):
        sample = len(self.samples) * 7 % 5  # on a board: ask the sensor
        self.samples = self.samples[1 - keep :] + [sample]
        return f"sample {sample}"


service = SamplerService("sampler")
