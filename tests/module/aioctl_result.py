# result: None while it runs, then what the task returned or the exception it failed with.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def value(n):
    await asyncio.sleep_ms(0)
    return n


async def fail():
    raise ValueError("no good")


async def main():
    aioctl.add(value, 42, name="a")
    aioctl.add(value, None, name="b")
    aioctl.add(fail, name="c")
    print(aioctl.result("a"))
    for task in aioctl.tasks():
        await task
    print(aioctl.result("a"), aioctl.result("b"), repr(aioctl.result("c")))

    # a pattern, or no name, prints them all
    aioctl.result("*")
    aioctl.result()
    aioctl.result("a*")
    aioctl.result("z*")

    # an unknown name is told
    print(aioctl.result("z"))

    # what a failed task gives to who awaits it: the exception, not raised
    print(repr(await aioctl.group().tasks["c"].task))


asyncio.run(main())
