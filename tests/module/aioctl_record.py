# A task's record: what it shows, in the group and while it goes on.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


@aioctl.aiotask
async def count(n, step=1):
    await asyncio.sleep_ms(0)
    return n + step


async def main():
    aioctl.add(count, 1, step=2, name="t")
    t = aioctl.group().tasks["t"]
    print(t.coro is count, t.name, t.args, t.kwargs, t.schedule, t.service)
    print(t.state, t.done_at, t.cancelled, t.task.done(), t.since > 0)
    print(t)
    await asyncio.sleep_ms(0)
    print(t.state, t.done_at, aioctl.result("t"))
    print(await t.task)
    print(t.state, t.done_at >= t.since, t.cancelled, t.task.done(), aioctl.result("t"))

    # an argument changed in the record holds for the next start
    t.kwargs["step"] = 5
    print(aioctl.start("t"))
    t = aioctl.group().tasks["t"]
    print(await t.task, t.kwargs)
    t.args = (10,)
    t.kwargs = {}
    aioctl.start("t")
    t = aioctl.group().tasks["t"]
    print(await t.task, t.args, t.kwargs)

    # what is not its own cannot be set or asked
    for attr in ("name", "other", "state"):
        try:
            setattr(t, attr, 1)
        except AttributeError:
            print("AttributeError")
    print(hasattr(t, "other"))


asyncio.run(main())
