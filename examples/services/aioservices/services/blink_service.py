# Child tasks: each LED blinks in a task of its own, a child of this service.
#
#     >>> aioservice.service("blink").pace("left", 100)  replaces the child of that LED
#     >>> aioctl.stop("blink.service")                   stops the children, too
import asyncio

import aioctl
from aioclass import Service


class BlinkService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Blinks LEDs, each in a child task v1.0"
        self.enabled = True
        self.args = [500]
        # The pin of each LED; None is a LED that is only in memory, for a machine that has no pins.
        self.kwargs = {"pins": {"left": None, "right": None}}
        self.leds = {}
        self.blinks = {}

    def show(self):
        return "LEDs", "   " + ", ".join(f"{led}: {n} blinks" for led, n in self.blinks.items())

    # Starts blink.service.LED. One that runs already is stopped: there is never a second one.
    def pace(self, led, ms):
        self.add_ctask(aioctl, self.blink, led, led, ms)

    def switch(self, led, on):
        if self.leds[led]:
            self.leds[led].value(on)

    # The children have stopped wherever they were: a LED may still be on.
    def on_stop(self, *args, **kwargs):
        for led in self.leds:
            self.switch(led, False)
        return self.blinks

    @aioctl.aiotask
    async def task(self, ms, pins):
        for led, pin in pins.items():
            self.leds[led] = self.output(pin)
            self.blinks[led] = 0
            self.pace(led, ms)
        # Children run on when a task returns. This one stays, so that there is something to stop.
        while True:
            await asyncio.sleep(3600)

    def output(self, pin):
        if pin is None:
            return None
        from machine import Pin  # only where there is a pin

        return Pin(pin, Pin.OUT)

    @aioctl.aiotask
    async def blink(self, led, ms):
        while True:
            self.switch(led, True)
            await asyncio.sleep_ms(ms // 2)
            self.switch(led, False)
            self.blinks[led] += 1
            await asyncio.sleep_ms(ms // 2)


service = BlinkService("blink")
