# An object whose text raises has something in its place, and what is shown of others goes on.

from _services import aioctl, aioservice, asyncio, service, stop_clock, turns


class Mute:
    def __str__(self):
        raise KeyError("no text")

    __repr__ = __str__


class Bad(Exception):
    def __str__(self):
        raise ValueError("no text")


async def give(value):
    return value


async def fail():
    raise Bad()


service(
    "a",
    "    @property\n    def docs(self):\n        raise ValueError('no docs')\n"
    "    async def task(self):\n        return 1\n",
)


async def main():
    stop_clock()
    aioservice.load("a")
    aioctl.add(give, Mute(), name="mute")
    aioctl.add(fail, name="bad")
    aioctl.add(give, 1, name="last")
    await turns()
    aioctl.status()
    aioctl.result("*")
    print(aioctl.traceback(rtn=True))
    for name in ("a.service", "mute"):
        aioctl.status(name, debug=True)
    print(aioservice.traceback("a", rtn=True) == "")


asyncio.run(main())
