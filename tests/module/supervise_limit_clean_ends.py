# Clean ends count where the policy restarts after them: a service that returns at once, again and again, has
# failed for good as well. Where the policy leaves them at that, a quick return is no failure.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

runs = {}

BODY = """
    restart = {"policy": %r, "burst": 2}
    @aioctl.aiotask
    async def task(self):
        test.runs[self.name] = test.runs.get(self.name, 0) + 1
        return 5
"""
service("always", BODY % "always")
service("on_failure", BODY % "on_failure")


async def main():
    for name in "always", "on_failure":
        aioservice.load(name)
        await asyncio.sleep(10)
        print(runs[name], aioctl.group().tasks[name + ".service"].state)
        print(aioctl.start(name + ".service"))
        await asyncio.sleep(10)
        print(runs[name])

    # as often as one likes
    for _ in range(10):
        aioctl.start("on_failure.service")
        await asyncio.sleep_ms(1)
    print(runs["on_failure"], aioctl.group().tasks["on_failure.service"].state)


asyncio.run(main())
