# What child_failure says when a child is added is what counts for it, also for one that was there before.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "events"):
    print("SKIP")
    raise SystemExit

aioservice.quiet()

service(
    "p",
    """
    child_failure = "restart"
    restart = {"policy": "never", "delay_ms": 5, "burst": 2}

    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.kid, "kid")
        await asyncio.sleep(1000)

    @aioctl.aiotask
    async def kid(self):
        await asyncio.sleep_ms(10)
        raise ValueError("no luck")
""",
)


async def main():
    for how in "restart", "fail", "report":
        aioservice.service("p").child_failure = how
        aioservice.reset_failed("p")
        aioservice.load("p")
        before = aioservice.events(1)[0]["n"] - 1
        await asyncio.sleep(1)
        kinds = [e["kind"] for e in aioservice.events() if e["n"] > before and "failed" in e["kind"]]
        print(how, kinds)
        aioservice.status("p")


asyncio.run(main())
