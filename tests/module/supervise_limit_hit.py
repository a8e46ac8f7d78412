# burst short runs in a row, and the service has failed for good: nobody starts it again until its count is
# reset. A healthy run clears the count.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service

starts = []
lengths = [1]
escalated = []


async def run():
    starts.append(now())
    await asyncio.sleep_ms(lengths[min(len(starts), len(lengths)) - 1])
    raise OSError(5)


def then(service):
    escalated.append((service.name, aioctl.group().tasks["a.service"].state))


service(
    "a",
    """
    restart = {"burst": 3, "delay_ms": 100, "healthy_ms": 1000, "then": test.then}
    @aioctl.aiotask
    async def task(self):
        await test.run()
""",
)


async def main():
    sys.modules["time"] = Clock()
    # nothing to reset
    print(aioservice.reset_failed(), aioservice.load("a"), aioservice.reset_failed("a"))

    await asyncio.sleep(10)
    print(starts, escalated)
    aioctl.status("a.service")
    aioservice.status("a")

    # neither start, nor load, nor restart; each says why
    print(aioctl.start("a.service"))
    print(aioservice.load("a"))
    print(aioservice.restart("a"))
    aioservice.init(config=False)
    await asyncio.sleep(10)
    print(len(starts))

    # reset does not start it: that is its user's to do
    print(aioservice.reset_failed("a"), aioservice.reset_failed("a"), aioservice.reset_failed())
    await asyncio.sleep(10)
    print(len(starts))
    starts.clear()
    # the refusals from above are forgotten
    print(aioctl.start("a.service"))
    await asyncio.sleep_ms(0)
    aioservice.status("a")
    await asyncio.sleep(10)
    print(len(starts), escalated)

    # reset of all; two short runs, a healthy one, and the count is as at first
    print(aioservice.reset_failed())
    starts.clear()
    lengths[:] = [1, 1, 1000, 1]
    print(aioservice.load("a"))
    await asyncio.sleep(20)
    print(len(starts), escalated)

    # resetting one that waits clears its count, too, and leaves its restart as it is
    aioservice.reset_failed("a")
    starts.clear()
    aioctl.start("a.service")
    lengths[:] = [1]
    await asyncio.sleep_ms(50)
    aioctl.status("a.service")
    print(aioservice.reset_failed("a"))
    aioctl.status("a.service")
    await asyncio.sleep(10)
    print(len(starts))

    # a name that is none
    print(aioservice.reset_failed("b"))


asyncio.run(main())
