# Status lines in colour: the dot and the word.

from _services import asyncio, aioctl, stop_clock, turns


async def wait():
    await asyncio.sleep(10)


async def value(n):
    return n


async def fail():
    1 / 0


stop_clock()
print(aioctl.color(), aioctl.color(True), aioctl.color())


async def main():
    aioctl.add(wait, name="running")
    aioctl.add(wait, name="stopped")
    aioctl.add(value, 42, name="done")
    aioctl.add(fail, name="failed")
    await turns()
    aioctl.stop("stopped")
    await turns()
    aioctl.status()
    aioctl.color(False)
    aioctl.status("failed")


asyncio.run(main())
