# A grep finds characters beyond ASCII: in lines, as a pattern, in a follow, and in names of tasks.

try:
    import asyncio
    import aioctl
    from aiolog import AioStream
except ImportError:
    print("SKIP")
    raise SystemExit

log = AioStream(300)
aioctl.set_log(log)


async def nothing():
    pass


async def main():
    log.write("Höhe 3 €\nHohe 4\n")
    log.cat("Höhe")
    log.cat("*€")
    log.cat(["no", "*ö*"])
    print(len(log.lines("ö")), log._grep("€", "3 €\n"))
    aioctl.log("3 €")
    follower = asyncio.create_task(log.follow("Höhe"))
    await asyncio.sleep_ms(0)
    log.write("Hohe 5\nHöhe 6\n")
    await asyncio.sleep_ms(0)
    follower.cancel()
    aioctl.add(nothing, name="Höhe")
    print(len(aioctl.tasks_match("*ö*")), len(aioctl.tasks_match("Höhe")), aioctl.tasks_match("ä*"))


asyncio.run(main())
