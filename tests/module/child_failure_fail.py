# child_failure = "fail": the service has failed with what the child raised, and its own policy decides; also where the service
# had returned and left the child running. Another value is refused.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "events"):
    print("SKIP")
    raise SystemExit

P = """
    child_failure = "fail"
    restart = {"policy": "on_failure", "delay_ms": 100, "burst": 2}

    @aioctl.aiotask
    async def task(self):
        test.starts.append((self.name, test.now()))
        self.add_ctask(aioctl, self.kid, "kid")
        if self.name == "stays":
            await asyncio.sleep(1000)

    @aioctl.aiotask
    async def kid(self):
        await asyncio.sleep_ms(10)
        raise ValueError("no luck")
"""
service("stays", P)
service("returns", P)
service("wrong", P.replace('"fail"', '"restrat"'))
starts = []


async def main():
    for name in "stays", "returns":
        aioservice.load(name)
        await asyncio.sleep(2)
        print(name, [at - starts[0][1] for _, at in starts])
        starts.clear()
        print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])
        aioservice.status(name)
    aioservice.load("wrong")


asyncio.run(main())
