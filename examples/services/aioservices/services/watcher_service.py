# Looks every `sleep` seconds at the results of all tasks, counts the errors, and starts what failed again.
#
#     >>> aioservice.call("watcher")              the errors so far, with their tracebacks
#     >>> aioservice.service("watcher").stats()   their numbers
#
# What a task says to it in its named arguments:
#
#     restart=False         leave it as it is
#     restart=["a", "b"]    start these services again, too, also if they run
#
# A failed task is one whose result is an exception: where on_error answered anything else, it was dealt with.
import asyncio
import io
import sys
import time

import aioctl
from aioclass import Service


def now():
    return aioctl.get_datetime(time.localtime())


class WatcherService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Starts failed tasks again v1.0"
        self.type = "runtime.service"
        self.enabled = True
        self.args = [30]
        self.grace = 5  # seconds between the last line in the log and a reset
        self.forget()

    def forget(self):
        self.errors = 0
        self.failures = {}  # task -> {type of error -> {"count", "last", "traceback"}}
        self.seen = {}  # task -> asyncio's task whose failure was counted

    # What it knows

    def show(self):
        return "Stats", f"   Errors: {self.errors} in {len(self.failures)} tasks"

    def stats(self):
        return {"errors": self.errors, "report": {name: list(kinds) for name, kinds in self.failures.items()}}

    def report(self, stream=sys.stdout):
        for name, kinds in self.failures.items():
            for kind, seen in kinds.items():
                print(f"{name}: {kind}: {seen['count']}, last @ {seen['last']}", file=stream)
                print(seen["traceback"], end="", file=stream)

    def __call__(self, stream=sys.stdout):
        self.report(stream)

    # The last words of the task: it was stopped, or it gave up.

    def on_stop(self, *args, **kwargs):
        return self.stats()

    def on_error(self, exc, *args, **kwargs):
        self.say("critical", f"failed: {exc!r}")
        return exc

    def say(self, level, text):
        if self.log:
            getattr(self.log, level)(text)

    # Looking

    # The failures since the last look, as (name, exception).
    def new_failures(self):
        seen, new = {}, []
        tasks = aioctl.group().tasks
        for name, result in aioctl.result_all(as_dict=True).items():
            if isinstance(result, Exception):
                seen[name] = tasks[name].task  # another one after each start
                if self.seen.get(name) is not seen[name]:
                    new.append((name, result))
        self.seen = seen
        return new

    # The traceback is kept as text: the exception itself would keep what the task had in memory.
    def count(self, name, exc):
        self.errors += 1
        kind = self.failures.setdefault(name, {}).setdefault(type(exc).__name__, {"count": 0})
        kind["count"] += 1
        kind["last"] = now()
        text = io.StringIO()
        sys.print_exception(exc, text)
        kind["traceback"] = text.getvalue()
        self.say("error", f"{name} failed: {exc!r}")

    def save_report(self):
        try:
            with open(f".{self.name}.service", "w") as f:
                print(f"{self.name}.service;{now()} [OK]", file=f)
                self.report(f)
        except OSError as e:
            self.say("error", f"report not saved: {e!r}")

    # Starting again

    # `started`: the names that were started in this look, each once.
    async def start_again(self, name, started):
        record = aioctl.group().tasks.get(name)
        restart = record.kwargs.get("restart", True) if record else False  # unloaded while others were stopped
        if not restart:
            return
        if isinstance(restart, (list, tuple, set)):
            for other in restart:
                await self.start(other if ".service" in other else other + ".service", started)
        # A child is started by its service, where that one was.
        if not any(name.startswith(other + ".") for other in started):
            await self.start(name, started)

    async def start(self, name, started):
        record = aioctl.group().tasks.get(name)
        if name in started or not record:
            return
        started.append(name)
        if not record.task.done():
            aioctl.stop(name, stop_sch=False)
            await self.end_of(record.task)
        if not record.task.done():
            self.say("error", f"{name} does not stop")
            return
        self.say("info", f"starting {name} again")
        aioctl.start(name)

    async def end_of(self, task, ms=5000):
        while not task.done() and ms > 0:
            await asyncio.sleep_ms(50)
            ms -= 50

    # Giving up

    # Why it is time to give up, or None.
    def over_limit(self, max_errors, err_service_limit):
        if 0 < max_errors < self.errors:
            return f"{self.errors} errors, more than max_errors={max_errors}"
        for name, limit in err_service_limit.items():
            errors = sum(kind["count"] for kind in self.failures.get(name, {}).values())
            if errors >= limit:
                return f"{errors} errors of {name}, its limit is {limit}"
        return None

    # A board that errs too often is reset. Elsewhere the watcher fails, and starts nothing any more.
    async def give_up(self, why):
        try:
            from machine import reset
        except ImportError:  # no board
            raise RuntimeError(why)
        self.say("critical", f"{why}: reset in {self.grace} s")
        await asyncio.sleep(self.grace)  # for those who send the log away
        reset()

    # The tasks

    @aioctl.aiotask
    async def task(
        self,
        sleep,  # seconds between two looks
        max_errors=0,  # give up after more than so many; 0: never
        err_service_limit=None,  # {task: errors}: give up when one of them has so many
        watchdog=False,  # also feed the board's watchdog
        wdfeed=60000,  # ms after which that one resets the board, if it is not fed
        heartbeat=False,  # blink a LED: True, or {"LED": pin, "TIMEOUT": seconds}
        save_report=False,  # keep the report in the file .watcher.service
        debug=False,  # log each feeding of the watchdog
        loglevel="INFO",
        service_logger=True,
        log=None,
    ):
        self.add_logger(log, level=loglevel, service_logger=service_logger)
        self.forget()  # it counts from its start
        if watchdog:
            self.add_ctask(aioctl, self.feed_board, "wdt", wdfeed, debug, restart=False)
        if heartbeat:
            self.add_ctask(aioctl, self.beat, "heartbeat", heartbeat, restart=False)
        while True:
            failures = self.new_failures()
            for name, exc in failures:
                self.count(name, exc)
            if failures and save_report:
                self.save_report()
            why = self.over_limit(max_errors, err_service_limit or {})
            if why:
                await self.give_up(why)
            started = []
            for name, _ in failures:
                await self.start_again(name, started)
            await asyncio.sleep(sleep)

    # Once it runs, no board can switch its watchdog off. It resets the board when the loop hangs, and also
    # when the watcher ends in any way, as this child ends with it.
    @aioctl.aiotask
    async def feed_board(self, timeout, debug, restart):
        try:
            from machine import WDT
        except ImportError:
            self.say("warning", "there is no watchdog here")
            return
        dog = WDT(timeout=timeout)
        while True:
            dog.feed()
            if debug and self.log:
                self.log.debug("fed", cname="wdt")
            await asyncio.sleep_ms(timeout // 3)

    @aioctl.aiotask
    async def beat(self, how, restart):
        how = how if isinstance(how, dict) else {}
        try:
            from machine import Pin
        except ImportError:
            self.say("warning", "there are no pins here")
            return
        led = Pin(how.get("LED", 2), Pin.OUT)
        while True:
            led.value(not led.value())
            await asyncio.sleep_ms(50)
            led.value(not led.value())
            await asyncio.sleep(how.get("TIMEOUT", 1))


service = WatcherService("watcher")
