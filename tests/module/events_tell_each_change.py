# Each thing that happens to a service is one event, in the order in which it happens: a start, a failure with its class, text
# and place, a restart, the limit and its reset, a stop, an unload. Each says how the service is after it.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "events"):
    print("SKIP")
    raise SystemExit

aioservice.quiet()

service(
    "pump",
    """
    restart = {"policy": "on_failure", "delay_ms": 50, "burst": 2}

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(20)
        raise OSError("no pressure")
""",
)
service(
    "fan",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
)


shown = [0]


def show(what):
    print(what)
    for e in aioservice.events():
        if e["n"] > shown[0]:
            shown[0] = e["n"]
            rest = {k: v for k, v in e.items() if k in ("ms", "runs", "error", "restarts", "limit_hit") and v}
            print(" ", e["kind"], e["service"], e["state"], e["why"], e["wanted"], sorted(rest.items()))



async def main():
    aioservice.load("pump")
    await asyncio.sleep(1)
    show("fails until its limit")
    aioservice.reset_failed("pump")
    show("reset")
    aioservice.load("fan")
    await asyncio.sleep_ms(5)
    aioctl.stop("fan.service")
    await asyncio.sleep_ms(5)
    aioctl.stop("fan.service")
    aioctl.start("fan.service")
    await asyncio.sleep_ms(5)
    show("stopped and started")
    aioservice.unload("fan")
    await asyncio.sleep_ms(5)
    show("unloaded")
    print(aioservice.events(2)[0]["kind"], len(aioservice.events(1)), aioservice.events(0))
    try:
        aioservice.events(-1)
    except ValueError as e:
        print(e)
    e = aioservice.events()[0]
    print(sorted(e), e["n"], e["text"])


asyncio.run(main())
