# aioctl.group().tasks is a plain dict: what is taken out of it is gone.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def wait():
    await asyncio.sleep(10)


async def main():
    tasks = aioctl.group().tasks
    print(tasks, type(tasks) is dict, aioctl.tasks(), aioctl.group())
    aioctl.add(wait, name="a")
    aioctl.add(wait, name="b")
    print("a" in tasks, "c" in tasks, tasks.get("a").name, tasks.get("c"), len(tasks))
    print(sorted(tasks), sorted(t.name for t in tasks.values()), sorted(k for k, t in tasks.items()))
    print(aioctl.group().tasks is tasks, aioctl.group() is aioctl.group(), aioctl.group())
    try:
        tasks["c"]
    except KeyError:
        print("KeyError")

    # taken out by hand, its task goes on
    a = tasks.pop("a")
    print(aioctl.tasks_match("*"), a.task.done(), len(aioctl.tasks()))
    a.task.cancel()
    await asyncio.sleep_ms(0)
    print(a.state, a.task.done())

    # the name is free again
    aioctl.add(wait, name="a")
    print(aioctl.tasks_match("*"))

    # what is no task is passed over
    tasks["odd"] = 5
    aioctl.status("odd")
    print(aioctl.tasks_match("*"), aioctl.stop("odd"), aioctl.stop())
    tasks.clear()
    print(aioctl.tasks_match("*"))


asyncio.run(main())
