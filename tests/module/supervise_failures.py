# failures(): the last failures of services, when and why, as text; bounded.

import sys

import _clock
from _clock import asyncio
from _services import Clock, aioctl, aioservice, service

number = 0






def fail(service):
    global number
    number += 1
    raise ValueError("%s %d" % (service.name, number))


BODY = """
    %s
    @aioctl.aiotask
    async def task(self):
        %s
"""
service("a", BODY % ("", "test.fail(self)"))
service("b", BODY % ("", "test.fail(self)"))
service("ab", BODY % ("", "test.fail(self)"))
service("well", BODY % ("", "return 1"))
service("again", BODY % ("restart = {'burst': 2}", "test.fail(self)"))
service("cancelled", BODY % ("", "await asyncio.sleep(9)"))
service("overdue", BODY % ("ready_ms = 10", "await asyncio.sleep(9)"))
service("long", BODY % ("", "raise ValueError('x' * 1000)"))
service("umlauts", BODY % ("", "raise ValueError('\u00fc' * 500)"))
service("answers", BODY % ("def on_error(self, *args, **kwargs): return 'what it answers'", "1 / 0"))
service("child", BODY % ("", "self.add_ctask(aioctl, self.raises, 'c')\n        await asyncio.sleep(1)\n"
    "    @aioctl.aiotask\n    async def raises(self):\n        raise KeyError('of a child')"))


async def plain():
    1 / 0


# Only the lines that are no places in files.
def lines(text):
    return [line for line in text.split("\n") if not line.startswith("  File")]


async def run(name, ms=100):
    aioservice.load(name)
    await asyncio.sleep_ms(ms)


async def main():
    sys.modules["time"] = Clock()
    print(repr(aioservice.failures(rtn=True)), aioservice.failures())

    await run("a")
    # what is no failure, and what is no service's
    await run("well")
    aioctl.add(plain)
    await run("cancelled")
    aioctl.stop("cancelled.service")
    await asyncio.sleep_ms(100)
    print(lines(aioservice.failures(rtn=True)))

    # every failure, those before a restart, too; of one service, its children's with it
    await run("again", 9000)
    await run("overdue")
    await run("ab")
    await run("child", 2000)
    await run("answers")
    for name in "a", "a.service", "again", "overdue", "child", "answers", "nobody", None:
        print(name, lines(aioservice.failures(name, rtn=True)))

    # printed as it is returned
    print(aioservice.failures("overdue"))

    # the last eight, the oldest goes
    for _ in range(10):
        await run("b", 1000)
    text = aioservice.failures(rtn=True)
    print(text.count("ValueError"), text == aioservice.failures("b", rtn=True))
    print([line for line in lines(text) if "Value" in line])

    # long texts are cut at whole characters, and say so
    await run("long")
    text = aioservice.failures("long", rtn=True)
    date, rest = text.split("\n", 1)
    print(len(date), len(rest) <= 400, rest[-12:])
    await run("umlauts")
    rest = aioservice.failures("umlauts", rtn=True).split("\n", 1)[1]
    print(len(rest.encode()) <= 400, rest[-12:])

    for args in (5,), (b"a",):
        try:
            print(args, repr(aioservice.failures(*args, rtn=True)))
        except Exception as e:
            print(args, repr(e))


asyncio.run(main())
