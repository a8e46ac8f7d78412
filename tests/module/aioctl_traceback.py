# traceback: where a task failed.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit

# compiled from a string, so that file names are the same wherever this runs
exec(
    """
async def inner():
    raise ValueError("no good")

async def fail():
    await inner()

async def fine():
    pass
"""
)


async def main():
    aioctl.add(fail, name="bad")
    aioctl.add(fail, name="worse")
    aioctl.add(fine, name="good")
    # not yet failed
    aioctl.traceback("bad")
    print(aioctl.traceback("bad", rtn=True))
    await asyncio.gather(*aioctl.tasks())

    aioctl.traceback("bad")
    # one that did not fail has none
    aioctl.traceback("good")
    # rtn asks whether there is one
    print(aioctl.traceback("bad", rtn=True), aioctl.traceback("good", rtn=True), aioctl.traceback(rtn=True))
    # all, and by pattern
    aioctl.traceback()
    aioctl.traceback("w*")
    aioctl.traceback("unknown")

    # awaiting the task once more adds nothing to it
    await aioctl.group().tasks["bad"].task
    aioctl.traceback("bad")


asyncio.run(main())
