# on_stop: the last word of a service that is stopped. What it answers is the result of the task.
#
#     >>> aioctl.stop("cleanup.service")
#     >>> aioctl.result("cleanup.service")
import asyncio

import aioctl
from aioclass import Service


class CleanupService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Writes a file, and closes it when it is stopped v1.0"
        self.enabled = True
        self.args = ["cleanup.txt"]
        self.kwargs = {"period": 1}
        self.file = None
        self.lines = 0

    # Its arguments are those of the task: the service once more, then args and kwargs. It is no coroutine
    # and cannot wait, so let it be short.
    def on_stop(self, *args, **kwargs):
        if not self.file:  # stopped before its first step
            return "nothing to close"
        self.file.write("end\n")
        self.file.close()
        self.file = None
        return f"{self.lines} lines, and the end"

    @aioctl.aiotask
    async def task(self, path, period):
        self.lines = 0
        self.file = open(path, "w")
        while True:
            self.lines += 1
            self.file.write(f"line {self.lines}\n")
            await asyncio.sleep(period)


service = CleanupService("cleanup")
