# schedule, unschedule and group: the table of what is scheduled.

try:
    import asyncio
    import aioctl
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit


async def nothing():
    pass


async def main():
    print(aioschedule.group(), type(aioschedule.group()) is dict)
    aioschedule.schedule("a", start_in=5)
    aioschedule.schedule("b", start_in=5.5, repeat=10)
    aioschedule.schedule("c", repeat=10)
    aioschedule.schedule("d", start_in=5, repeat=True)
    aioschedule.schedule(name="e", start_in=(2030, 1, 2, 3, 4, 5, 0, 0))
    group = aioschedule.group()
    print(sorted(group), group["a"]["start_in"], group["b"]["repeat"], "x" in group, group is aioschedule.group())

    # again: the new options hold
    aioschedule.schedule("a", start_in=7, repeat=8)
    print(len(group), group["a"]["start_in"], group["a"]["repeat"])

    # taken out
    print(aioschedule.unschedule("a"), aioschedule.unschedule("a"), aioschedule.unschedule("x"))
    print(sorted(group))
    group.pop("b")
    print(sorted(aioschedule.group()))

    # many
    for i in range(50):
        aioschedule.schedule("t%d" % i, start_in=1000 + i)
    print(len(group))
    for i in range(50):
        aioschedule.unschedule("t%d" % i)
    print(sorted(group))

    # the same while the loop runs
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep_ms(0)
    aioschedule.schedule("f", start_in=1000)
    print(aioschedule.unschedule("c"), sorted(group))

    # deleting a task takes it out
    aioctl.add(nothing, name="f")
    aioctl.delete("f")
    print(sorted(group))

    for name in (5, None):
        try:
            aioschedule.schedule(name, start_in=5)
        except TypeError as e:
            print(e)
        try:
            aioschedule.unschedule(name)
        except TypeError as e:
            print(e)


asyncio.run(main())
