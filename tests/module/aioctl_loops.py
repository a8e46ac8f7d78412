# A second asyncio.run, and a new event loop, in one program.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def value(n):
    await asyncio.sleep_ms(0)
    return n


async def wait():
    await asyncio.sleep(10)


async def run(*names):
    for name in names:
        aioctl.add(value, name, name=name)
    print(await asyncio.gather(*aioctl.tasks()))


asyncio.run(run("a", "b"))
# on the same loop
asyncio.run(run("c"))
# on a new one
asyncio.new_event_loop()
asyncio.run(run("d"))
print(aioctl.tasks_match("*"), [aioctl.result(name) for name in aioctl.tasks_match("*")])


# a task left behind on a loop that is gone can be stopped, deleted, and its name taken again
async def leave():
    aioctl.add(wait, name="left")
    aioctl.add(wait, name="gone")
    await asyncio.sleep_ms(0)


async def go_on():
    aioctl.delete("gone")
    aioctl.stop("left")
    for _ in range(3):
        await asyncio.sleep_ms(0)
    print(aioctl.group().tasks["left"].state)
    aioctl.add(value, 5, name="gone")
    print(await aioctl.group().tasks["gone"].task)


asyncio.run(leave())
asyncio.new_event_loop()
asyncio.run(go_on())

# added before there is a loop that runs
aioctl.add(value, 6, name="early")


async def late():
    print(await aioctl.group().tasks["early"].task)


asyncio.run(late())
