# asyncmd's reset: a child stops all services but itself, its own included, then resets the machine.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service, turns

happened = []

service(
    "other",
    """
    async def task(self):
        await asyncio.sleep(1000)
""",
)

service(
    "mqtt",
    """
    require = ["other"]

    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.ping, "ping")
        self.add_ctask(aioctl, self.reset, "reset")
        await asyncio.sleep(1000)

    @aioctl.aiotask
    async def ping(self):
        await asyncio.sleep(1000)

    @aioctl.aiotask
    async def reset(self):
        await asyncio.sleep(5)
        for name in aioctl.tasks_match("*.service*"):
            if name != "mqtt.service.reset":
                aioctl.stop(name)
        await asyncio.sleep(1)
        test.happened.append("machine.reset()")
""",
)


def states(what):
    print(what, [(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def main():
    aioservice.load("mqtt")
    await asyncio.sleep(5.5)
    states("stops:")
    await asyncio.sleep(1)
    states("has reset:")
    print(happened)
    # its end starts nothing; a new start of the service makes a new child
    await asyncio.sleep(100)
    states("later:")
    aioservice.load("mqtt")
    await turns()
    states("loaded again:")
    # by somebody else, the stop reaches all children
    aioctl.stop("mqtt.service")
    await turns()
    states("stopped:")


if hasattr(aioctl, "tasks_match"):
    asyncio.run(main())
else:
    print("SKIP")
