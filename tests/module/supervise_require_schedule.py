# A scheduled service that requires something runs when it is due, and not before that is up.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service, turns

log = []


def note(text):
    log.append("%d %s" % (now(), text))


service(
    "net",
    """
    ready_ms = 30000

    @aioctl.aiotask
    async def task(self):
        test.note("+net")
        try:
            await asyncio.sleep_ms(300)
            self.ready()
            await asyncio.sleep(1000)
        finally:
            test.note("-net")
""",
)
service(
    "tick",
    """
    require = "net"
    schedule = {"start_in": 10, "repeat": 10}

    @aioctl.aiotask
    async def task(self):
        test.note("tick")
""",
    "schedule.service",
)


async def main():
    aioservice.load("tick")
    aioservice.init(debug=False)
    print([task.state for name, task in aioctl.group().tasks.items() if name == "tick.service"])
    await asyncio.sleep(35)
    print(log)
    log.clear()

    # its user stops net: tick is stopped with it, and stays so when net is started again
    aioctl.stop("net.service")
    await asyncio.sleep(30)
    print(log, aioctl.group().tasks["tick.service"].state)
    aioctl.start("net.service")
    await asyncio.sleep(23)
    print(log, aioctl.group().tasks["tick.service"].state)
    log.clear()

    # until it is started, too: at once, as it has missed some times
    aioctl.start("tick.service")
    await asyncio.sleep(25)
    print(log, aioctl.group().tasks["tick.service"].state)


asyncio.run(main())
