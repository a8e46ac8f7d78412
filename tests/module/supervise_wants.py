# wants: it is started, too; whether that succeeds, or lasts, makes no difference.

import _clock
from _clock import asyncio
from _services import FOLDER, aioctl, aioservice, config, file, service, turns

log = []
TASK = """
    %s

    @aioctl.aiotask
    async def task(self):
        test.log.append("+" + self.name)
        try:
            await asyncio.sleep_ms(0)
            if self.name == "fails":
                raise ValueError
            await asyncio.sleep(1000)
        finally:
            test.log.append("-" + self.name)
"""
service("a", TASK % 'wants = "b.service"')
service("b", TASK % 'wants = ["a", "c"]')  # a circle of wants is none of order
service("c", TASK % "")
service("hard", TASK % 'wants = ("nowhere", "broken", "off", "fails", "c")')
service("fails", TASK % "")
service("off", TASK % "")
service("both", TASK % 'wants = after = "c"')
file(FOLDER + "broken_service.py", "1 / 0\n")


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def main():
    config(off={"enabled": False})
    print(aioservice.load("a"))
    await turns()
    states()

    # a stop reaches none of those that want it, nor what it wants
    aioctl.stop("b.service")
    await turns()
    states()
    aioctl.stop("a.service")
    await turns()
    states()
    print(log)
    log.clear()

    print(aioservice.load("hard"))
    await turns(8)
    states()

    # with `after` it is started first
    aioctl.stop("*")
    await turns()
    log.clear()
    print(aioservice.load("both"))
    await turns()
    print(log)


asyncio.run(main())
