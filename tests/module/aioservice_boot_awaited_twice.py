# One boot, awaited by two tasks: the second is told, the first goes on; another boot beside it as well.

from _services import aioctl, aioservice, asyncio, core, turns

core("a", "    async def task(self):\n        await asyncio.sleep_ms(20)\n        return 'ran'\n")


async def wait(boot):
    try:
        return await boot
    except RuntimeError as e:
        return str(e)


async def main():
    boot = aioservice.boot()
    first = asyncio.create_task(wait(boot))
    await turns()
    print(await wait(boot))
    print((await wait(aioservice.boot())).split(":")[0])
    print(await first)


asyncio.run(main())
