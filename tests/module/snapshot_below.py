# What is below a service is told: its children, with what they failed with, and its further instances. `status` shows a
# service whose child has failed, until that runs again.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, json, service, turns

service(
    "web",
    """
    child_failure = "restart"
    restart = {"delay_ms": 100, "burst": 3, "policy": "never"}

    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.kid, "first")
        self.add_ctask(aioctl, self.kid, "second", 500)
        self.add_ctask(aioctl, self.kid, "third", 50)
        await asyncio.sleep(1000)

    @aioctl.aiotask
    async def kid(self, ms=100000):
        await asyncio.sleep_ms(ms)
        raise ValueError("after %d ms" % ms)
""",
)
service("two", "    restart = 'always'\n    @aioctl.aiotask\n    async def task(self, n=9):\n        await asyncio.sleep(n)\n        raise ValueError(n)\n")


def error_in(of):
    return of["error"] and [of["error"][key] for key in ("type", "text", "where")]


def show(name):
    snapshot = json.loads(json.dumps(aioservice.snapshot(name)))
    print(now(), name, snapshot["state"], error_in(snapshot), snapshot["restarts"])
    for which in "children", "instances":
        for below in snapshot[which]:
            print("   ", which, below["name"], below["state"], error_in(below))
    aioservice.status(name)


async def main():
    aioservice.load("web")
    await turns()
    show("web")
    await asyncio.sleep_ms(60)
    show("web")
    await asyncio.sleep_ms(100)
    show("web")
    await asyncio.sleep(1)
    show("web")
    aioctl.start("web.service.third")
    show("web")
    aioservice.reset_failed()
    aioctl.start("web.service.third")
    await turns()
    show("web")
    aioservice.unload("web")

    for _ in range(3):
        aioservice.load("two")
    await turns()
    show("two")
    aioctl.stop("two.service@1")
    await turns()
    show("two")
    aioservice.service("two").kwargs["n"] = 1
    aioservice.load("two")
    await asyncio.sleep(1.5)
    show("two")


asyncio.run(main())
