# A child that fails is told: an event, a line, a line in the log. Its service goes on, as child_failure "report", the default,
# has it. A child that takes no log is given none.

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
    "p",
    """
    @aioctl.aiotask
    async def task(self, log=None):
        self.add_ctask(aioctl, self.kid, "kid", log=log)
        await asyncio.sleep(1000)

    @aioctl.aiotask
    async def kid(self):
        await asyncio.sleep_ms(10)
        raise ValueError("no luck")
""",
)


async def main():
    aioservice.load("p", log=Log())
    await asyncio.sleep_ms(50)
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])
    e = [e for e in aioservice.events() if e["kind"] == "child_failed"][0]
    print(e["service"], e["child"], e["state"], e["error"])
    print(aioservice.failures("p", rtn=True).split("\n")[1:])


asyncio.run(main())
