# What a task of asyncio.create_task raises, and nobody awaits, is an event, a line and a line in the log; asyncio prints what it
# always does. A handler that the program sets has the last word.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "events"):
    print("SKIP")
    raise SystemExit


class Log:
    def info(self, text):
        pass

    warning = debug = info

    def error(self, text):
        print("log:", text)


service(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)

    async def raw(self):
        raise ValueError("lost")
""",
)


def own_handler(loop, context):
    print("own handler:", repr(context["exception"]))


async def main():
    loop = asyncio.get_event_loop()
    asyncio.core.Loop.default_exception_handler = lambda loop, context: print(context["message"])
    aioservice.load("a", log=Log())
    await asyncio.sleep_ms(5)
    asyncio.create_task(aioservice.service("a").raw())
    await asyncio.sleep_ms(5)
    e = aioservice.events(1)[0]
    print(e["kind"], e["service"], e["error"]["type"], e["error"]["text"])
    loop.set_exception_handler(own_handler)
    asyncio.create_task(aioservice.service("a").raw())
    await asyncio.sleep_ms(5)
    print(len([e for e in aioservice.events() if e["kind"] == "loop_error"]))


asyncio.run(main())
