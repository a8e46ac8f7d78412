# A task may stop itself: it goes on to its next await, and is cancelled there.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def task(name, ending):
    aioctl.stop(name)
    print(name, "goes on to its await")
    try:
        await asyncio.sleep(10)
        print("never printed")
    finally:
        print(name, ending)


async def no_await(name):
    aioctl.stop(name)
    return "its value"


async def wait():
    await asyncio.sleep(10)


async def deletes_itself(name):
    aioctl.delete(name)
    await asyncio.sleep(10)
    print("never printed")


async def main():
    aioctl.add(task, "a", "cleans up", name="a", on_stop=lambda *args: "on_stop")
    aioctl.add(no_await, "b", name="b")
    for name in ("a", "b"):
        t = aioctl.group().tasks[name]
        print(await t.task, t.state)

    # all: itself too
    aioctl.add(wait, name="other")
    aioctl.add(task, None, "cleans up", name="c")
    t = [aioctl.group().tasks[name] for name in ("other", "c")]
    for t in t:
        print(await t.task, t.name, t.state)

    aioctl.add(deletes_itself, "d", name="d")
    d = aioctl.group().tasks["d"]
    print(await d.task, d.state, aioctl.tasks_match("d"))


asyncio.run(main())
