# A record's `cancelled`: whether the task was told to stop, however it ended then.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def waits():
    await asyncio.sleep(10)


async def raises_in_finally():
    try:
        await asyncio.sleep(10)
    finally:
        raise ValueError("finally")


async def goes_on():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep_ms(0)
    return "well"


async def soon():
    await asyncio.sleep_ms(0)


async def fails_after_wait_for():  # which has asyncio cancel it, to wake it
    await asyncio.wait_for(soon(), 5)
    raise ValueError("by itself")


async def stops_itself():
    aioctl.stop("t")
    raise ValueError("at once")


def on_stop():
    raise KeyError("on_stop")


async def outcome(fun, stop, **kwargs):
    aioctl.add(fun, name="t", **kwargs)
    t = aioctl.group().tasks["t"]
    await asyncio.sleep_ms(0)
    if stop:
        aioctl.stop("t")
    during = t.cancelled
    print(repr(await t.task), t.state, during, t.cancelled)
    aioctl.delete("t")


async def main():
    await outcome(waits, True)
    await outcome(waits, True, on_stop=on_stop)
    await outcome(raises_in_finally, True)
    await outcome(goes_on, True)
    await outcome(stops_itself, False)
    # by itself
    await outcome(fails_after_wait_for, False)
    await outcome(soon, False)

    # a new run was not told to
    aioctl.add(raises_in_finally, name="t")
    await asyncio.sleep_ms(0)
    aioctl.stop("t")
    await aioctl.group().tasks["t"].task
    aioctl.start("t")
    print(aioctl.group().tasks["t"].cancelled)
    aioctl.delete("t")


asyncio.run(main())
