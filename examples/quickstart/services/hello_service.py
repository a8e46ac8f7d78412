# A runtime service with a child task, a logger of its own and both callbacks. It switches a LED on
# for a moment, again and again; here the LED is an attribute, on a board it would be a Pin.
#
#     >>> aioservice.service("hello").n_led = 2    changes it while it runs
#     >>> aioctl.stop("hello.service")             calls on_stop
import asyncio
import time

import aioctl
from aioclass import Service


class HelloService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Hello example runner v1.0"
        self.type = "runtime.service"
        self.enabled = True
        self.docs = "https://docs.micropython.org/en/latest/library/asyncio.html"
        self.args = [2, 5]  # the arguments of task(), unless services.config has others
        self.kwargs = {"on_stop": self.on_stop, "on_error": self.on_error}
        self.n_led = 1
        self.led = False
        self.n_loop = 0
        self.loop_ms = 0

    # A title and a text for the status of this service.
    def show(self):
        led = f"   LED {self.n_led}: {'on' if self.led else 'off'}"
        return "Stats", f"{led}   Loop info: exec time: {self.loop_ms} ms; # loops: {self.n_loop}"

    # Called with the arguments of task(). What it returns is the result of the task.
    def on_stop(self, *args, **kwargs):
        self.led = False
        if self.log:
            self.log.info(f"stopped after {self.n_loop} loops")
        return self.n_loop

    # The same for a failure.
    def on_error(self, e, *args, **kwargs):
        self.led = False
        if self.log:
            self.log.error(f"failed after {self.n_loop} loops: {e!r}")
        return e

    @aioctl.aiotask
    async def task(self, n, s, log=None):
        self.add_logger(log, service_logger=True)  # log lines carry [hello.service]
        self.n_led = n
        # The child is hello.service.blink, and stops when its service does.
        self.add_ctask(aioctl, self.blink, "blink", on_ms=200)
        while True:
            start = time.ticks_ms()
            if self.log:
                self.log.info(f"LED {self.n_led} has its turn")
            self.led = True  # blink will see it
            self.n_loop += 1
            self.loop_ms = time.ticks_diff(time.ticks_ms(), start)
            await asyncio.sleep(s)

    @aioctl.aiotask
    async def blink(self, on_ms):
        while True:
            if self.led:
                await asyncio.sleep_ms(on_ms)
                self.led = False
                if self.log:
                    self.log.debug(f"LED {self.n_led} off", cname="blink")
            await asyncio.sleep_ms(50)


service = HelloService("hello")
