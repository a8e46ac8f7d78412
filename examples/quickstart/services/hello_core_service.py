# A core service: it runs once, at boot, and ends before the other services start. What it returns
# is what boot() answers for it, and what aioctl.result("hello_core.service") answers later on.
#
# This one counts the boots in a file, the kind of thing that others may want to rely on.
import aioctl
from aioclass import Service


class HelloCoreService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Counts the boots v1.0"
        self.type = "core.service"
        self.enabled = True
        # The keyword arguments of task(). What services.config says comes on top of them.
        self.kwargs = {"path": "boots.txt"}
        self.boots = 0

    def show(self):
        return "Stats", f"   Boots: {self.boots}"

    def read(self, path):
        try:
            with open(path) as f:
                return int(f.read())
        except (OSError, ValueError):  # the first boot, or a file that holds no number
            return 0

    @aioctl.aiotask
    async def task(self, path, log=None):
        self.add_logger(log, service_logger=True)
        self.boots = self.read(path) + 1
        with open(path, "w") as f:
            f.write(str(self.boots))
        if self.log:
            self.log.info(f"boot {self.boots}, counted in {path}")
        return f"boot {self.boots}"


service = HelloCoreService("hello_core")
