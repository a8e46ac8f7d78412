# schedule_loop starts what is due, in order; a change wakes it.

try:
    import asyncio
    import aioctl
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit

runs = []


async def task(name):
    runs.append(name)
    ran.set()
    if name == "fails":
        raise ValueError


async def wait_for_runs(n):
    while len(runs) < n:
        ran.clear()
        await ran.wait()


async def turns():
    for _ in range(6):
        await asyncio.sleep_ms(0)


async def main():
    global ran
    ran = asyncio.Event()
    for name in ("a", "b", "c", "far", "fails"):
        aioctl.add(task, name, name=name)
    await turns()
    runs.clear()
    for name, start_in in (("c", 0.06), ("a", 0.02), ("b", 0.04), ("far", 1000)):
        aioschedule.schedule(name, start_in=start_in)
    aioctl.add(aioschedule.schedule_loop)
    await wait_for_runs(3)
    print(runs)
    # once means once; they stay in the table
    print(sorted(aioschedule.group()))

    # a loop that sleeps for long is woken by a change
    runs.clear()
    aioschedule.schedule("far", start_in=0)
    await turns()
    print(runs)

    # repeated, also where runs fail
    runs.clear()
    aioschedule.schedule("fails", start_in=0, repeat=0.01)
    await wait_for_runs(3)
    aioschedule.unschedule("fails")
    await turns()
    print(set(runs), aioctl.group().tasks["fails"].state)
    n = len(runs)
    await asyncio.sleep_ms(30)
    print(len(runs) == n)

    # a name that is no task yet stays: it may be added later
    aioschedule.schedule("nobody", start_in=0, repeat=1)
    await turns()
    print("nobody" in aioschedule.group(), aioctl.group().tasks["schedule_loop"].state)

    # repeat=True is each start_in seconds
    runs.clear()
    aioschedule.schedule("a", start_in=0.01, repeat=True)
    await wait_for_runs(2)
    print(set(runs))


asyncio.run(asyncio.wait_for(main(), 20))
