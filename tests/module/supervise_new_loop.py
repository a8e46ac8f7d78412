# After new_event_loop() what waits for its restart gets it, the hardware watchdog is fed, and nothing that was
# asked for in the old loop comes unasked.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, config, service

service(
    "r",
    """
    restart = {"delay_ms": 5000}

    @aioctl.aiotask
    async def task(self):
        print(test.now(), "r +")
        await asyncio.sleep(1)
        raise ValueError
""",
)
service(
    "x",
    """
    @aioctl.aiotask
    async def task(self):
        print(test.now(), "x +")
        try:
            await asyncio.sleep(test.nap)
        finally:
            await asyncio.sleep(3)
""",
)
config(r={"enabled": True})
fed = 0
nap = 100


def feed():
    global fed
    fed += 1


def states():
    return sorted((name, task.state) for name, task in aioctl.group().tasks.items())


async def first():
    aioservice.init(debug=False)
    aioservice.load("x")
    await asyncio.sleep(2)
    aioservice.restart("x")
    await asyncio.sleep(1)
    print(states(), fed > 0)


async def second():
    global nap, fed
    nap, fed = 1, 0
    aioservice.init(debug=False)
    aioctl.start("x.service")
    await asyncio.sleep(20)
    print(states(), fed > 10)


aioservice.hardware_watchdog(3000, feed)
asyncio.run(first())
asyncio.new_event_loop()
asyncio.core._io_queue = _clock.NoWait()
asyncio.run(second())
