# A service that fails after some ms, each time: work for the watcher.
#
# `restart` is for the watcher: False, and it stays failed; a list of names, and those are started again along
# with it. It is a named argument like any other, so task() gets it, too.
#
#     >>> aioservice.load("flaky")
#     >>> aioservice.call("watcher")
import asyncio

import aioctl
from aioclass import Service


class FlakyService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Fails, on purpose v1.0"
        self.args = [200]
        self.kwargs = {"restart": True}
        self.starts = 0

    @aioctl.aiotask
    async def task(self, ms, restart=True):
        self.starts += 1
        await asyncio.sleep_ms(ms)
        raise OSError(f"start {self.starts} ends like the others")


service = FlakyService("flaky")
