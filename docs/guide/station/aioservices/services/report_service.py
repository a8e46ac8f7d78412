import aioctl
import aioservice
from aioclass import Service


class ReportService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Reports the temperature v1.0"
        self.type = "schedule.service"
        self.enabled = True
        self.kwargs = {"owner": "nobody"}
        self.schedule = {"start_in": 1, "repeat": 60}  # seconds

    @aioctl.aiotask
    async def task(self, owner):
        return f"for {owner}: {aioservice.service('thermo').celsius} C"


service = ReportService("report")
