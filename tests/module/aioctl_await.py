# A supervised task's asyncio task can be awaited, from several places and more than once.

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


async def wait():
    await asyncio.sleep(10)


async def waiter(task, who):
    print(who, await task)


async def main():
    aioctl.add(value, 1, name="a")
    a = aioctl.group().tasks["a"].task
    await asyncio.gather(waiter(a, "one"), waiter(a, "two"), waiter(a, "three"))
    print(await a, await a)

    # wait_for, in time and too late
    aioctl.add(value, 2, name="b")
    print(await asyncio.wait_for(aioctl.group().tasks["b"].task, 10))
    aioctl.add(wait, name="c")
    c = aioctl.group().tasks["c"]
    try:
        await asyncio.wait_for(c.task, 0)
    except asyncio.TimeoutError:
        print("TimeoutError", c.state)

    # gather gets all results, a failed one's is its exception
    aioctl.delete("*")
    aioctl.add(value, 3)
    aioctl.add(fail)
    aioctl.add(lambda: 4, name="function")
    print(await asyncio.gather(*aioctl.tasks()))
    print(aioctl.tasks())

    # a waiter that is cancelled does not harm those that go on to wait
    aioctl.add(value, 5, name="d")
    d = aioctl.group().tasks["d"].task
    asyncio.create_task(waiter(d, "never printed")).cancel()
    await waiter(d, "other")

    # cancelled through asyncio, it is stopped
    aioctl.add(wait, name="e", on_stop="on_stop")
    e = aioctl.group().tasks["e"]
    await asyncio.sleep_ms(0)
    print(e.task.cancel(), await e.task, e.state, e.cancelled)


asyncio.run(main())
