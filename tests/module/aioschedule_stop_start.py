# stop takes a task out of the schedule and remembers it, start puts it back.

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
    aioctl.add(task, name="t")
    aioctl.add(aioschedule.schedule_loop)
    await turns()
    aioschedule.schedule("t", start_in=0, repeat=1000)
    await turns()
    t = aioctl.group().tasks["t"]
    print(runs, t.state, t.schedule, "t" in aioschedule.group())

    print(aioctl.stop("t"), "t" in aioschedule.group(), t.schedule["repeat"])
    await turns()
    print(aioctl.start("t"), "t" in aioschedule.group())
    await turns()
    print(aioctl.group().tasks["t"].schedule, aioschedule.group()["t"]["repeat"])

    # stop_sch=False leaves it scheduled
    print(aioctl.stop("t", stop_sch=False), "t" in aioschedule.group())

    # stop() stops the loop, too
    aioctl.stop()
    await turns()
    print(aioctl.group().tasks["schedule_loop"].state, aioschedule.group())


asyncio.run(main())
