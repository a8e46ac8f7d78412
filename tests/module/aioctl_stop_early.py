# A task that is stopped before its first step never runs, but is stopped properly.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def wait():
    print("never printed")
    await asyncio.sleep(10)


async def main():
    aioctl.add(wait, name="a", on_stop=lambda: "stopped")
    a = aioctl.group().tasks["a"]
    aioctl.stop("a")
    print(a.state, a.cancelled, a.task in aioctl.tasks(), aioctl.result("a"))
    print(await a.task, a.state, aioctl.result("a"))

    # started again in the same turn, it runs once
    aioctl.add(lambda: print("runs"), name="b")
    aioctl.stop("b")
    aioctl.start("b")
    print(await aioctl.group().tasks["b"].task, aioctl.group().tasks["b"].state)

    # a coroutine object that never ran is closed with its task
    aioctl.add(wait(), name="c")
    aioctl.delete("c")
    await asyncio.sleep_ms(0)
    print(aioctl.tasks_match("*"))


asyncio.run(main())
