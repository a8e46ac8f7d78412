# A service whose task was taken away at run time can't be loaded, and says so.

from _services import aioctl, aioservice, asyncio, service

service(
    "a",
    """
    def __init__(self, name):
        super().__init__(name)

        async def run(self):
            pass

        self.task = run
""",
)


async def main():
    a = aioservice.service("a")
    del a.task
    print(aioservice.load("a"))
    print(aioservice.traceback("a", rtn=True).split("\n")[-2])


asyncio.run(main())
