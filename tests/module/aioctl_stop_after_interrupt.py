# Ctrl-C leaves asyncio's current task as it was: stopping that one afterwards stops it all the same.

from _services import aioctl, asyncio, turns


async def wait():
    try:
        await asyncio.sleep(10)
    finally:
        print("wait ends")


async def interrupted():
    aioctl.add(wait, name="t")
    await turns()
    raise KeyboardInterrupt


async def later():
    await turns()
    print(aioctl.group().tasks["t"].state)


try:
    asyncio.run(interrupted())
except KeyboardInterrupt:
    pass
# as when Ctrl-C comes while all sleep, "t" having run last
asyncio.core.cur_task = aioctl.group().tasks["t"].task
aioctl.stop("t")
asyncio.run(later())
