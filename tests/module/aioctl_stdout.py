# Lines written go where print's go, in the same order.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit
import sys


async def fail():
    1 / 0


async def main():
    aioctl.add(fail, name="t")
    await aioctl.group().tasks["t"].task
    for i in range(3):
        print("print", i)
        aioctl.result("*")
        sys.stdout.write("write %d\n" % i)


asyncio.run(main())
