# Where on_error answers something else than the exception, traceback() still shows what happened.

from _services import aioservice, aioctl, asyncio, service, turns

service("divides", """
    @aioctl.aiotask
    async def task(self, n):
        return 1 // n

    def on_error(self, exc, *args, **kwargs):
        return "handled"
""")
service("hook", """
    @aioctl.aiotask
    async def task(self):
        raise ValueError("the first")

    def on_error(self, exc):
        return "never called: it is given the service, too"
""")


def last_line(name):
    return aioservice.traceback(name, rtn=True).rstrip().split("\n")[-1]


async def main():
    aioservice.service("divides").args = [0]
    aioservice.load("divides")
    aioservice.load("hook")
    await turns()
    print(aioctl.result("divides.service"), last_line("divides"))
    # of a hook that raises itself, that; the first one is among the failures
    print(type(aioctl.result("hook.service")).__name__, "the first" in aioservice.failures("hook", rtn=True))

    # it is over when the service runs again, and ends well
    aioservice.service("divides").args = [1]
    aioservice.load("divides")
    await turns()
    print(aioctl.result("divides.service"), aioservice.traceback("divides", rtn=True) == "")


asyncio.run(main())
