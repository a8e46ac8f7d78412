# on_error acts where there is no memory to tell of the failure, and what it answers is the task's result.

try:
    import asyncio
    import micropython

    import aioctl

    micropython.heap_lock
except (ImportError, AttributeError):
    print("SKIP")
    raise SystemExit

ERROR = ValueError("made before")
LONG = "a name that is longer than what a text has at first, so that it takes memory " * 3
seen = []
seen.append(0)


class Log:
    def error(self, text):
        print("log:", text[:5], text[-11:])


async def fail(log, *args):
    await asyncio.sleep_ms(0)
    micropython.heap_lock()
    raise ERROR


def unlocks(exc, log, *args):
    micropython.heap_unlock()
    print("on_error", repr(exc), args)
    return "failed well"


def stays_locked(exc, log, *args):
    seen[0] = exc
    return "failed well"


async def main():
    for hook in unlocks, stays_locked:
        aioctl.add(fail, name=LONG, log=Log(), on_error=hook)
        await asyncio.sleep_ms(20)
        if hook == stays_locked:
            micropython.heap_unlock()
        print(seen[0] is ERROR, repr(aioctl.result(LONG)))
        aioctl.delete(LONG)


asyncio.run(main())
