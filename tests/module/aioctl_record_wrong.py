# Arguments of a record that are no arguments: a TypeError when they are set, or when it is started.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def wait(*args, **kwargs):
    await asyncio.sleep(10)


async def turns():
    for _ in range(4):
        await asyncio.sleep_ms(0)


async def attempt(attr, value):
    aioctl.add(wait, 1, key=2, name="t")
    await turns()
    t = aioctl.group().tasks["t"]
    aioctl.stop("t")
    await turns()
    try:
        setattr(t, attr, value)
        aioctl.start("t")
        await turns()
        print("started:", attr, sorted(value.items()) if isinstance(value, dict) else value)
    except TypeError as e:
        print(attr, value, "TypeError")
    aioctl.delete("t")


async def main():
    for value in (5, None, {}):
        await attempt("args", value)
    for value in (7, None, "ab", [1], {5: 6}):
        await attempt("kwargs", value)
    # these are right
    for value in ([], (1, 2)):
        await attempt("args", value)
    for value in ({}, {"on_stop": 3, "other": 4}):
        await attempt("kwargs", value)


asyncio.run(main())
