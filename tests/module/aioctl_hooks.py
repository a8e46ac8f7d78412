# on_stop and on_error given to add: what they return is the task's result.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit
if hasattr(aioctl, "color"):
    aioctl.color(False)


async def wait(*args, **kwargs):
    await asyncio.sleep(10)


async def fail(*args, **kwargs):
    raise ValueError("no good")


def on_stop(*args, **kwargs):
    print("on_stop", args, kwargs)
    return "stopped well"


def on_error(exc, *args, **kwargs):
    print("on_error", repr(exc), args, kwargs)
    return "failed well"


def raises(*args, **kwargs):
    raise KeyError("hook")


async def is_async(*args, **kwargs):
    print("never printed")


async def outcome(fun, *args, **kwargs):
    aioctl.add(fun, *args, name="t", **kwargs)
    t = aioctl.group().tasks["t"]
    await asyncio.sleep_ms(0)
    aioctl.stop("t")
    result = await t.task
    print(t.state, repr(result), result is aioctl.result("t"))
    aioctl.delete("t")


async def main():
    # functions, with the arguments of the task
    await outcome(wait, 1, key=2, on_stop=on_stop, on_error=on_error)
    await outcome(fail, 1, key=2, on_stop=on_stop, on_error=on_error)
    # a task that neither is stopped nor fails needs none
    await outcome(lambda: "value", on_stop=on_stop, on_error=on_error)
    # what is no function stands for itself
    await outcome(wait, on_stop="as it is", on_error=5)
    await outcome(fail, on_stop="as it is", on_error=5)
    await outcome(wait, on_stop=0)
    # None is as good as none
    await outcome(wait, on_stop=None)
    await outcome(fail, on_error=None)
    # a hook that raises makes it a failure
    await outcome(wait, on_stop=raises)
    await outcome(fail, on_error=raises)
    # one that is async does not run
    await outcome(wait, on_stop=is_async)
    await outcome(fail, on_error=aioctl.aiotask(is_async))


asyncio.run(main())
