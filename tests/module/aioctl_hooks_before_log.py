# on_error acts before the failure is logged, and so does what it does also where the logger raises; the failure is logged
# also where on_error raises.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


class Log:
    raises = None

    def error(self, text):
        print("log:", text)
        if self.raises:
            raise self.raises


log = Log()


async def fail(log):
    raise ValueError("no good")


def on_error(exc, log):
    print("on_error:", repr(exc))
    return "failed well"


def raises(exc, log):
    raise KeyError("hook")


async def outcome(hook, raises):
    log.raises = raises
    aioctl.add(fail, name="t", log=log, on_error=hook)
    task = aioctl.group().tasks["t"]
    try:
        await task.task
    except BaseException as exc:
        print("to the loop:", repr(exc))
    print(task.state, repr(aioctl.result("t")))
    aioctl.delete("t")


async def main():
    for hook in on_error, raises, None, "as it is":
        for error in None, MemoryError(), OSError(5):
            print("-", "raises" if hook == raises else "on_error" if callable(hook) else hook, repr(error))
            await outcome(hook, error)


asyncio.run(main())
