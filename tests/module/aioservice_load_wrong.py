# load(): what stands in the place of debug by mistake is told.

from _services import asyncio, aioctl, aioservice, service

service("fan", "    @aioctl.aiotask\n    async def task(self, n=0):\n        pass\n")


class Logger:
    pass


async def main():
    for wrong in "80", Logger(), 0.5, None:
        try:
            print(aioservice.load("fan", wrong))
        except TypeError as e:
            print(e)
    print(aioctl.tasks_match("*"), aioservice.load("fan", True), aioservice.load("fan", 0))


asyncio.run(main())
