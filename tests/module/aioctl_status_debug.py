# status(debug=True): a task at length. To the letter, but for what the test masks.

from _services import aioctl, aioservice, asyncio, service, stop_clock, turns

import aiolog

service(
    "hello",
    """
    def __init__(self, name):
        super().__init__(name)
        self.info = "Hello example runner v1.0"
        self.docs = "https://example.org"
        self.args = [2]

    def show(self):
        return "Stats", "   Temp: 25 C"

    @aioctl.aiotask
    async def task(self, n, log=None):
        self.add_logger(log, service_logger=True)
        self.add_ctask(aioctl, self.blink, "blink")
        self.log.info("hello")
        await asyncio.sleep(10)

    @aioctl.aiotask
    async def blink(self):
        self.log.info("on", cname="blink")
        await asyncio.sleep(10)
""",
)
service(
    "bad",
    """
    def show(self):
        return 1 / 0

    async def task(self):
        raise ValueError("no luck")
""",
)


async def wait(**kwargs):
    await asyncio.sleep(10)


# A stream for what is printed: the log's lines without their dates.
class Masked:
    def __init__(self, stream):
        self.stream = stream

    def cat(self, grep):
        for line in self.stream.lines(grep):
            print(line[20:].rstrip())


async def main():
    stop_clock()
    log = aiolog.getLogger("board")
    aioservice.load("hello", log=log)
    aioservice.load("bad")
    aioctl.add(wait, name="plain")
    await turns()
    aioctl.set_log(Masked(aiolog.streamlog))

    # a service with a child; the log lines of both, and of nobody else
    log.info("[other.service] not about it")
    aioctl.status("hello.service", debug=True)
    print("the child alone")
    aioctl.status("hello.service.blink", debug=True)
    print("without the log")
    aioctl.status("hello.service.blink", log=False, debug=True)

    # a show() that raises, a traceback
    aioctl.status("bad.service", debug=True)

    # a task that is no service, without and with named arguments
    aioctl.status("plain", debug=True)
    aioctl.add(wait, name="named", one=1)
    aioctl.status("named", debug=True)

    # debug() makes it the rule, until it is called again
    aioctl.set_log(None)
    aioctl.debug()
    aioctl.status("plain")
    aioctl.debug()
    aioctl.status("plain")

    # a service that has ended
    aioctl.stop("hello.service")
    await turns()
    aioctl.status("hello.service", debug=True)


asyncio.run(main())
