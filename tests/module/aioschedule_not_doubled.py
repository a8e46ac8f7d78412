# A run that is still going when the next is due is not doubled.

try:
    import asyncio
    import aioctl
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit

starts = 0


async def slow():
    global starts
    starts += 1
    started.set()
    await go.wait()


async def quick():
    global ticks
    ticks += 1
    if ticks == 6:
        six.set()


async def main():
    global go, started, six, ticks, starts
    go, started, six = asyncio.Event(), asyncio.Event(), asyncio.Event()
    go.set()
    ticks = 0
    aioctl.add(slow)
    aioctl.add(quick)
    for name in ("slow", "quick"):
        await aioctl.group().tasks[name].task
    go.clear()
    started.clear()
    ticks = starts = 0
    aioschedule.schedule("slow", start_in=0, repeat=0.01)
    aioschedule.schedule("quick", start_in=0, repeat=0.01)
    aioctl.add(aioschedule.schedule_loop)
    await six.wait()
    print(starts, aioctl.tasks_match("slow*"), aioctl.group().tasks["slow"].state)

    # when it has ended, the next is on time
    go.set()
    await aioctl.group().tasks["slow"].task
    started.clear()
    await started.wait()
    print(starts >= 2)


asyncio.run(asyncio.wait_for(main(), 20))
