# load: once, again while it runs, again when it has ended.

from _services import asyncio, aioctl, aioservice, service, turns

ends = asyncio.Event()
service(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        print("task of", self.name)
        await asyncio.sleep(10)
""",
)
service(
    "short",
    """
    @aioctl.aiotask
    async def task(self):
        await test.ends.wait()
        return 42
""",
)


def names():
    print([(name, aioctl.group().tasks[name].state) for name in aioctl.tasks_match("*")])


async def main():
    # the first load tells its outcome, a further instance is silent
    print(aioservice.load("a"))
    await turns()
    print(aioservice.load("a"))
    await turns()
    names()

    # or told with debug=True
    print(aioservice.load("a", debug=True))
    await turns()
    names()

    print(aioservice.load("short"))
    await turns()
    names()

    # one that has ended is started anew, in its place
    ends.set()
    await turns()
    print(aioctl.result("short.service"))
    print(aioservice.load("short"))
    names()
    aioctl.stop("a.*")
    await turns()
    print(aioservice.load("a", debug=True))
    await turns()
    names()
    aioservice.status()
    print(aioctl.group().tasks["a.service"].service is aioservice.service("a"))


asyncio.run(main())
