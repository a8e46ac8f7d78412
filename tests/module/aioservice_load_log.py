# load: the task gets the logger, or None, unless it has no use for it.

from _services import asyncio, aioservice, service, turns

service(
    "optional",
    """
    @aioctl.aiotask
    async def task(self, log=5):
        print(self.name, log)
""",
)
service(
    "demanding",
    """
    @aioctl.aiotask
    async def task(self, log):
        print(self.name, log)
""",
)
service(
    "without",
    """
    @aioctl.aiotask
    async def task(self):
        print(self.name)
""",
)


async def main():
    for log in "the logger", None:
        for name in "optional", "demanding", "without":
            print(aioservice.load(name, log=log))
            await turns()


asyncio.run(main())
