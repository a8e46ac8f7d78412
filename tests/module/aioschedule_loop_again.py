# The loop may be cancelled and started again, and runs but once at a time.

try:
    import asyncio
    import aioctl
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit

runs = 0


async def task():
    global runs
    runs += 1


async def turns():
    for _ in range(6):
        await asyncio.sleep_ms(0)


async def main():
    global runs
    aioctl.add(task, name="t")
    await turns()
    runs = 0
    aioschedule.schedule("t", start_in=0)
    aioctl.add(aioschedule.schedule_loop)
    await turns()
    print(runs)

    # a second one beside it has nothing to do: it ends at once
    aioctl.add(aioschedule.schedule_loop, name="second")
    await turns()
    print(aioctl.result("second"), aioctl.group().tasks["second"].state, aioctl.group().tasks["schedule_loop"].state)

    # the second's end does not end the first
    aioschedule.schedule("t", start_in=0)
    await turns()
    print(runs)

    # cancelled: nothing is started any more; started again: start_in counts from its start
    aioctl.stop("schedule_loop")
    await turns()
    aioschedule.schedule("t", start_in=0)
    await turns()
    print(runs)
    aioctl.start("schedule_loop")
    await turns()
    print(runs)

    # without aioctl, as a coroutine
    aioctl.stop("schedule_loop")
    await turns()
    loop = asyncio.create_task(aioschedule.schedule_loop())
    await turns()
    print(runs)
    loop.cancel()
    try:
        await loop
    except asyncio.CancelledError:
        print("CancelledError")

    # cancelled before its first step
    loop = asyncio.create_task(aioschedule.schedule_loop())
    loop.cancel()
    await turns()
    print(loop.done())
    aioctl.start("schedule_loop")
    await turns()
    print(aioctl.group().tasks["schedule_loop"].state, runs)


asyncio.run(main())

# left behind on a loop that was replaced, it does not keep a new one from running
asyncio.new_event_loop()


async def once_more():
    aioctl.add(aioschedule.schedule_loop, name="new loop")
    await turns()
    print(aioctl.group().tasks["new loop"].state, runs)


asyncio.run(once_more())
