# child_failure = "restart": a child that fails is started again with its service's delays and burst, whatever the policy of that;
# at the limit the service fails with what the child has raised.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "events"):
    print("SKIP")
    raise SystemExit

service(
    "p",
    """
    child_failure = "restart"
    restart = {"policy": "never", "delay_ms": 100, "factor": 2, "burst": 3}

    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.kid, "kid")
        await asyncio.sleep(1000)

    @aioctl.aiotask
    async def kid(self):
        test.starts.append(test.now())
        await asyncio.sleep_ms(10)
        raise ValueError("no luck")
""",
)
starts = []


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def main():
    aioservice.load("p")
    await asyncio.sleep_ms(50)
    states()
    await asyncio.sleep(2)
    states()
    print([b - a for a, b in zip(starts, starts[1:])])
    aioservice.status("p")
    print([e["kind"] for e in aioservice.events() if e["service"] == "p"])


asyncio.run(main())
