# A task that swallows its CancelledError once is stopping until it ends; a second stop reaches it.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def stubborn(value):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("swallowed")
    await asyncio.sleep(10)
    return value


async def cleans_up(value):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep_ms(0)
    return value


async def main():
    async def turns():
        for _ in range(4):
            await asyncio.sleep_ms(0)

    aioctl.add(stubborn, 1, name="a", on_stop=lambda n: "on_stop")
    a = aioctl.group().tasks["a"]
    await turns()
    aioctl.stop("a")
    await turns()
    print(a.state, a.task.done(), aioctl.result("a"), len(aioctl.tasks()))
    aioctl.stop("a")
    await turns()
    print(a.state, a.task.done(), aioctl.result("a"))

    # one that then returns a value was stopped all the same, and has that result
    aioctl.add(cleans_up, 2, name="b", on_stop=lambda n: "on_stop")
    b = aioctl.group().tasks["b"]
    await turns()
    aioctl.stop("b")
    print(await b.task, b.state)


asyncio.run(main())
