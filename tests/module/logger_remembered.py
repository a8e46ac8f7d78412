# A logger that was given once, to boot, init, load or set_logger, is the manager's until another one is given: later loads
# get it as their log, later failures reach it. None forgets it. A service's own log stays its own.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "restart"):
    print("SKIP")
    raise SystemExit

aioservice.quiet()


class Log:
    def __init__(self, name):
        self.name = name

    def info(self, text):
        print(self.name, "info:", text)

    warning = debug = info

    def error(self, text):
        print(self.name, "error:", text)


TASK = """
    @aioctl.aiotask
    async def task(self, log=None):
        print(self.name, "has", log and log.name)
        await asyncio.sleep_ms(10)
        raise ValueError(self.name)
"""
for name in "abcdef":
    service(name, TASK)


async def main():
    aioservice.load("a", log=Log("one"))
    await asyncio.sleep_ms(20)
    aioservice.load("b")
    await asyncio.sleep_ms(20)
    aioctl.stop()
    await asyncio.sleep_ms(20)
    aioservice.init()  # which is given none
    aioservice.load("c")
    await asyncio.sleep_ms(20)
    aioservice.init(log=Log("two"))
    aioservice.load("d")
    await asyncio.sleep_ms(20)
    aioservice.service("e").kwargs["log"] = Log("its own")
    aioservice.load("e")
    await asyncio.sleep_ms(20)
    aioservice.set_logger(None)
    aioservice.load("f")
    await asyncio.sleep_ms(20)


asyncio.run(main())
