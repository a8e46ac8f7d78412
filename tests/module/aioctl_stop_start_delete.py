# stop, start and delete: by name, by pattern, all, unknown.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def wait(n):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("stopped", n)
        raise


async def main():
    async def turns():
        for _ in range(3):
            await asyncio.sleep_ms(0)
        print([(name, aioctl.group().tasks[name].state) for name in aioctl.tasks_match("*")])

    for name in ("a", "a.b", "ab", "c"):
        aioctl.add(wait, name, name=name)
    await turns()

    # by name: that one only
    print(aioctl.stop("a"))
    await turns()
    print(aioctl.start("a"))
    await turns()

    # by pattern: a dot is a dot
    print(aioctl.stop("a.*"))
    await turns()
    print(aioctl.stop("a*"), aioctl.start("*b"))
    await turns()

    # all
    print(aioctl.stop())
    await turns()
    print(aioctl.stop(), aioctl.start("*"))
    await turns()
    print(aioctl.stop(name=None))
    await turns()
    print(aioctl.tasks())

    # to stop what is stopped, or start what runs, is nothing
    aioctl.start("c")
    print(aioctl.stop("a"), aioctl.start("c"))
    await turns()

    # unknown names are told, patterns that match nothing are not
    print(aioctl.stop("x"), aioctl.start("x"), aioctl.delete("x"))
    print(aioctl.stop("x*"), aioctl.start("x*"), aioctl.delete("x*"))
    for function in (aioctl.stop, aioctl.start, aioctl.delete):
        try:
            function(5)
        except TypeError as e:
            print(e)

    # delete stops, and forgets
    print(aioctl.delete("c"))
    await turns()
    print(aioctl.delete("a", "ab"))
    await turns()
    print(aioctl.delete("*"))
    await turns()


asyncio.run(main())
