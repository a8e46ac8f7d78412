# A core service runs once, at boot: a schedule on it does not keep the boot waiting.

from _services import aioctl, aioservice, asyncio, core

core("a", "    schedule = {'start_in': 5, 'repeat': 5}\n    async def task(self):\n        return 'ran'\n")


async def main():
    print(await aioservice.boot())


asyncio.run(main())
