# add: what can be added, and what it is called.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


@aioctl.aiotask
async def decorated(*args):
    return "decorated", args


async def plain(*args):
    return "plain", args


def function(*args):
    return "function", args


def makes_coroutine(*args):
    return plain(*args)


class Callable:
    async def __call__(self, *args):
        return "callable", args


class Methods:
    async def bound(self, n):
        return "bound", n


async def main():
    # named after the function where nothing else is said
    aioctl.add(decorated, 1)
    aioctl.add(plain, 2)
    aioctl.add(function, 3)
    # a second task of a name gets a number, the first that is free
    aioctl.add(decorated, 4)
    aioctl.add(plain, 5, name="decorated")
    aioctl.add(plain, 6, name="decorated@1")
    # by name=
    aioctl.add(makes_coroutine, 7, name="makes")
    aioctl.add(plain(8), name="coroutine object")
    aioctl.add(lambda: plain(9), name="lambda")
    aioctl.add(Callable(), 10, name="callable")
    aioctl.add(Methods().bound, 11, name="bound")
    aioctl.add(plain, 12, name=None)
    # asyncmd's _id is taken, and not handed on
    aioctl.add(plain, 13, _id="anything", name="with _id")
    print(aioctl.tasks_match("*"))
    await asyncio.gather(*aioctl.tasks())
    for name in aioctl.tasks_match("*"):
        print(name, aioctl.result(name))

    # the number of a deleted task is free again
    aioctl.delete("decorated@1")
    aioctl.add(plain, 14, name="decorated")
    print([name for name in aioctl.tasks_match("decorated*")])


asyncio.run(main())
