# Control characters are shown as Python writes them: no text from outside clears the screen or fakes a line.

from _services import aioctl, aioservice, asyncio, service, stop_clock, turns
import aiolog

NASTY = "a\x1b[2J\r\n\x00\x7f\u009b\tz"
GOOD = "é ° ● \u00a0"  # the bytes of some are those of control characters, too

log = aiolog.AioStream(400)
aioctl.set_log(log)
aioctl.color(False)


class Odd:
    def __repr__(self):
        return NASTY


class Bad(Exception):
    pass


async def give(value):
    return value


service(
    "odd",
    "    info = test.NASTY\n"
    "    def show(self):\n        return 'Stats', 'one\\n  two'\n"
    "    async def task(self):\n        pass\n"
    "    async def fail(self):\n        raise test.Bad(test.NASTY)\n",
)


async def main():
    stop_clock()
    aioctl.add(give, NASTY, name=NASTY)
    aioctl.add(give, GOOD, name="good")
    aioctl.add(give, Odd(), name="odd")
    aioctl.add(aioservice.service("odd").fail, name="fail")
    await turns()
    aioctl.status()
    # The name itself is what it was.
    print(aioctl.group().tasks[NASTY].name == NASTY)
    aioctl.add(give, 1, name=NASTY)
    print(aioctl.tasks_match("a*"))
    aioctl.result("*d*")
    print("--- two lines of a traceback, and one of its text")
    aioctl.traceback("fail")
    print("--- a service")
    aioservice.load("odd")
    aioservice.service("odd").info = NASTY
    aioctl.status("odd.service", debug=True, log=False)
    aioservice.load(NASTY)
    print("--- a log")
    logger = aiolog.getLogger("x")
    log.write("one " + NASTY + "\ntwo " + GOOD + "\n")
    log.cat()
    print([line == "one a\x1b[2J\r" for line in log.lines("one")])
    print("--- our colours")
    aioctl.color(True)
    aioctl.status("fail")


asyncio.run(main())
