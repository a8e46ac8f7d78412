# status: loaded services in load order, then those that failed; what runs on, and what did not.

from _services import asyncio, aioctl, aioservice, service, turns

TASK = """
    @aioctl.aiotask
    async def task(self):
        %s

    def show(self):
        raise ValueError("show() raises")
"""
service("runs", TASK % "await asyncio.sleep(10)")
service("ends", TASK % "return 42")
service("fails", TASK % "1 / 0")
service("idle", TASK % "pass")
service("broken", "\n    1 / 0")


async def main():
    print(aioservice.status())
    for name in ("runs", "fails", "ends"):
        aioservice.load(name)
    await turns()
    aioservice.status()
    for name in ("runs", "ends", "fails", "broken"):
        print(aioservice.status(name))

    # stopped, it is loaded still
    aioctl.stop("runs.service")
    await turns()
    aioservice.status("runs")

    # loaded again, a failure is forgotten
    aioservice.load("fails")
    aioservice.status("fails")


asyncio.run(main())
