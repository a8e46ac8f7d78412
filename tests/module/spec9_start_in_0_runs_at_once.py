# asyncmd never starts a task with start_in=0. Here it runs at once, with and without repeat.

try:
    import asyncio
    import aioctl
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit


async def task(name):
    runs.append(name)


async def turns():
    for _ in range(6):
        await asyncio.sleep_ms(0)


async def main():
    for name in ("once", "again", "float", "late"):
        aioctl.add(task, name, name=name)
    await turns()
    runs.clear()

    # before the loop
    aioschedule.schedule("once", start_in=0)
    aioschedule.schedule("again", start_in=0, repeat=1000)
    aioschedule.schedule("float", start_in=0.0)
    aioctl.add(aioschedule.schedule_loop)
    await turns()
    print(sorted(runs))

    # and while it runs
    aioschedule.schedule("late", start_in=0)
    await turns()
    print(runs[3:])


runs = []
asyncio.run(main())
