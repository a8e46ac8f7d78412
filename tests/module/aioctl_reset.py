# reset() stops and forgets all tasks but the one that calls it.

try:
    import asyncio
    import aiolog
    import aioctl
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit

stopped = []


async def forever():
    while True:
        await asyncio.sleep(10)


async def turns():
    for _ in range(4):
        await asyncio.sleep(0)


async def caller():
    aioctl.add(forever, name="a", on_stop=lambda: stopped.append("a"))
    aioctl.add(forever, name="b", on_stop=lambda: stopped.append("b"))
    aioschedule.schedule("c", start_in=1)
    aioctl.add(forever, name="c")
    aioctl.set_log(aiolog.streamlog)
    await turns()
    aioctl.reset(group=False)
    print(sorted(aioctl.group().tasks), aioctl._AIOCTL_LOG is aiolog.streamlog)
    aioctl.reset()
    print(sorted(aioctl.group().tasks), aioschedule.group(), aioctl._AIOCTL_LOG is aiolog.streamlog)
    await turns()
    print(sorted(stopped))
    aioctl.reset(False, log=True)
    print(aioctl._AIOCTL_LOG, sorted(aioctl.group().tasks))

    # names are free again
    aioctl.add(forever, name="a")
    print(sorted(aioctl.group().tasks))

    # another table, and back; the tasks of the one put aside go on
    first = aioctl.group()
    aioctl.set_group(None)
    print(aioctl.group().tasks, first.tasks["a"].state)
    aioctl.add(forever, name="other")
    aioctl.set_group(first)
    print(sorted(aioctl.group().tasks))
    try:
        aioctl.set_group({})
    except TypeError as error:
        print(error)


async def main():
    aioctl.add(caller)
    await aioctl.group().tasks["caller"].task


asyncio.run(main())
