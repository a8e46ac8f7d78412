# A function of aioservice's modules gives its task its name, as a Python function does.

try:
    import asyncio
    import aioctl
    import aiolog
    import aioschedule
    import aioservice
except ImportError:
    print("SKIP")
    raise SystemExit

aioctl.set_log(aiolog.streamlog)


async def main():
    for function in aioctl.follow, aioservice.boot, aioschedule.schedule_loop, aioservice.init:
        aioctl.add(function)
    print(aioctl.tasks_match("*"))
    # What no module knows is called by its type.
    aioctl.add(aiolog.streamlog.follow)
    print(aioctl.tasks_match("*")[4:])


asyncio.run(main())
