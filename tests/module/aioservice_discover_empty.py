# An empty folder of services.

from _services import asyncio, aioctl, aioservice, file, FOLDER

file(FOLDER + "readme.txt", "nothing here")


async def main():
    aioservice.list()
    aioservice.status()
    print(aioservice.service(), aioservice.service("a"), aioservice.load())
    print(await aioservice.boot(), aioservice.init())
    print(aioservice.traceback(rtn=True) == "", aioctl.tasks())


asyncio.run(main())
