# Device modes: a mode says which services run, and how much they log.
#
#     >>> devop = aioservice.service("devop")
#     >>> devop.enter("safe")           now
#     >>> devop.boot_into("product")    from the next boot on
#
# services.config has the modes; .env, which is another one on each device, says which one it boots into:
#
#     MODE=develop
import asyncio
import sys
import time

import aioctl
import aioschedule
import aioservice
from aioclass import Service

LEVELS = {"DEBUG": 10, "INFO": 20, "WARNING": 30, "ERROR": 40, "CRITICAL": 50}


# "hello" of "hello.service": lists of services may have either.
def short(name):
    return name[:-8] if name.endswith(".service") else name


def record_of(name):
    return aioctl.group().tasks.get(short(name) + ".service")


# Whether it runs, or will when it is due.
def is_up(name):
    record = record_of(name)
    return record and (not record.task.done() or record.name in aioschedule.group())


# Whether it has run to its end. One that does not exist has.
def has_ended(name):
    record = record_of(name)
    return not record or record.state in ("done", "failed", "stopped")


class DevopService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Device modes v1.0"
        self.type = "runtime.service"
        self.enabled = False  # it has no modes of its own: services.config has them, and enables it
        self.mode = None
        self.bootmode = None  # the mode of the next boot
        self.modes = {}
        self.loglevels = {}
        self.given_log = None  # the one that all services share

    def show(self):
        return "DevOp", f"   Mode: {self.mode}; next boot: {self.bootmode}"

    def stats(self):
        return {"mode": self.mode, "bootmode": self.bootmode}

    def __call__(self, stream=sys.stdout):
        print(*self.show(), sep=": ", file=stream)

    def check(self, mode):
        if mode not in self.modes:
            raise ValueError(f"mode {mode!r}: expected one of {', '.join(self.modes)}")

    # Stops the services that are not in the mode, and starts those that are.
    def enter(self, mode):
        self.check(mode)
        if self.given_log and mode in self.loglevels:
            self.given_log.setLevel(LEVELS[self.loglevels[mode]])
        wanted = [short(name) for name in self.modes[mode]]
        self.stop_all_but(wanted)
        for name in wanted:
            if not is_up(name):
                aioservice.load(name, log=self.given_log, config=True)
        self.mode = mode
        self.say(f"mode {mode}")

    # Core services have ended long ago, and this one has to stay.
    def stop_all_but(self, wanted):
        for name, service in aioservice.service().items():
            if name not in wanted and name != self.name and service.type != "core.service" and is_up(name):
                aioctl.stop(f"{name}.service")

    # services.config remembers it.
    def boot_into(self, mode):
        self.check(mode)
        self.bootmode = mode
        return aioservice.config(self.name, True, bootmode=mode)

    # The report of each service, or its result where it has none, in the file .MODE
    def save_report(self, names):
        with open(f".{self.mode}", "w") as f:
            for name in names:
                service, record = aioservice.service(short(name)), record_of(name)
                print(f"{name};{aioctl.get_datetime(time.localtime())}", file=f)
                if hasattr(service, "report"):
                    service.report(f)
                elif record:
                    print(repr(aioctl.result(record.name)), file=f)

    @aioctl.aiotask
    async def task(
        self,
        bootmode,  # the mode to enter
        devmodes,  # {mode: [services]}
        loglevels=None,  # {mode: level}
        cycle=None,  # [modes]: boot into the next one of these the next time
        reset=None,  # {mode: {"reset": True, "in": seconds, "waitfor": [services]}}: when those have ended
        report=None,  # {mode: [services]}: save their reports, when those above have ended
        debug=False,
        log=None,
    ):
        self.given_log = log
        self.add_logger(log, level="DEBUG" if debug else "INFO", service_logger=True)
        self.modes = devmodes
        self.loglevels = loglevels or {}
        self.bootmode = bootmode
        self.enter(bootmode)
        if cycle and bootmode in cycle:
            self.boot_into(cycle[(cycle.index(bootmode) + 1) % len(cycle)])
        plan = (reset or {}).get(bootmode, {})
        while not all(has_ended(name) for name in plan.get("waitfor", [])):
            await asyncio.sleep_ms(100)
        if report and bootmode in report:
            self.save_report(report[bootmode])
        if plan.get("reset"):
            await self.reset_in(plan.get("in", 5))
        return f"Mode: {bootmode}, Boot: {self.bootmode}"

    async def reset_in(self, seconds):
        try:
            from machine import reset
        except ImportError:
            self.say("there is no board to reset")
            return
        self.say(f"reset in {seconds} s")
        await asyncio.sleep(seconds)
        self.stop_all_but([])
        await asyncio.sleep(1)  # for their on_stop
        reset()

    def say(self, text):
        if self.log:
            self.log.info(text)


service = DevopService("devop")
