# A service that cannot be loaded: its constructor divides by zero. The others start all the same,
# and aioservice.traceback("dofail") shows what happened.
from aioclass import Service


class DofailService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Fails while it is loaded, on purpose"
        self.enabled = True
        runs_a_second = 0
        # The mistake: nobody asked whether it is zero.
        self.period_ms = 1000 // runs_a_second


service = DofailService("dofail")
