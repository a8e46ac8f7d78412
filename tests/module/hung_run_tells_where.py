# A run that its watchdog or ready_ms ended tells where it waited: in its error, its traceback and its event. One that catches
# the CancelledError which ends it tells no place.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "events"):
    print("SKIP")
    raise SystemExit

aioservice.quiet()

service(
    "hangs",
    """
    watchdog_ms = 100

    @aioctl.aiotask
    async def task(self):
        await self.ask()

    async def ask(self):
        await asyncio.Event().wait()
""",
)
service(
    "late",
    """
    ready_ms = 100

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
)
service(
    "catches",
    """
    watchdog_ms = 100

    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(1000)
        except asyncio.CancelledError:
            pass
""",
)


async def main():
    for name in "hangs", "late", "catches":
        aioservice.load(name)
        await asyncio.sleep(1)
        print(aioservice.traceback(name, rtn=True))
        print([e["error"] for e in aioservice.events() if e["kind"] == "failed"][-1])


asyncio.run(main())
