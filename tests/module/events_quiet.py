# quiet(True): no line on stdout, of errors neither; the log and the events have them still. quiet(False) ends it.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "events"):
    print("SKIP")
    raise SystemExit


class Log:
    def info(self, text):
        print("info:", text)

    warning = debug = info

    def error(self, text):
        print("error:", text)


for name in "a", "b":
    service(
        name,
        """
    @aioctl.aiotask
    async def task(self):
        raise ValueError("empty")
""",
    )


async def main():
    aioservice.set_logger(Log())
    aioservice.quiet(True)
    aioservice.load("a")
    await asyncio.sleep_ms(5)
    print([e["kind"] for e in aioservice.events()])
    aioservice.quiet(on=False)
    aioservice.load("b")
    await asyncio.sleep_ms(5)


asyncio.run(main())
