# No folder of services at all.

from _services import asyncio, aioctl, aioservice


async def main():
    aioservice.list()
    aioservice.status()
    print(aioservice.service(), aioservice.service("a"), aioservice.load())
    print(await aioservice.boot(), aioservice.init())
    print(aioservice.load("a"), aioservice.unload("a"))
    print(aioctl.tasks())


asyncio.run(main())
