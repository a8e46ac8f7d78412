# aiotask: what it makes of functions and methods.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


@aioctl.aiotask
async def hello(n, step=1):
    return n + step


class Thing:
    name = "thing"

    @aioctl.aiotask
    async def task(self, n):
        return self.name, n

    async def by_hand(self, n):
        return await self.task(self, n)


async def main():
    # called by hand it is the function that was decorated
    print(await hello(1, step=2))

    # a decorated method is not bound: self is passed by whoever adds it
    thing = Thing()
    print(await thing.task(thing, 3), await Thing.task(thing, 4), await thing.by_hand(5))
    aioctl.add(thing.task, thing, 6, name="method")
    print(await aioctl.group().tasks["method"].task)

    # decorating twice is decorating once
    print(await aioctl.aiotask(hello)(5), aioctl.aiotask(hello) is hello)
    print(callable(hello), hello.__name__)


asyncio.run(main())

for thing in (5, None, "hello"):
    try:
        aioctl.aiotask(thing)
    except TypeError as e:
        print(e)
