# Stopping a task that awaits another supervised task stops that one only: the cancel neither gets lost
# in the other nor stops it.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def inner():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("inner cancelled")
        raise


async def outer(name):
    try:
        print("result", await aioctl.group().tasks[name].task)
        await asyncio.sleep(10)
    finally:
        print(name, "is awaited no more")


async def main():
    async def turns():
        for _ in range(5):
            await asyncio.sleep_ms(0)
        print([(name, aioctl.group().tasks[name].state) for name in aioctl.tasks_match("*")])

    aioctl.add(inner, name="inner")
    aioctl.add(outer, "inner", name="outer")
    await turns()
    aioctl.stop("outer")
    await turns()

    # three in a row
    aioctl.add(outer, "inner", name="middle")
    aioctl.delete("outer")
    aioctl.add(outer, "middle", name="outer")
    await turns()
    aioctl.stop("outer")
    await turns()

    # several waiters: the others still get the result
    aioctl.add(outer, "inner", name="second")
    await turns()
    aioctl.stop("middle")
    await turns()
    aioctl.stop("inner")
    await turns()


asyncio.run(main())
