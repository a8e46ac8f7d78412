# args and kwargs set in a class body count as those set in __init__ do, and are each instance's own.

from _services import asyncio, aioctl, aioservice, service, turns

service(
    "a",
    """
    args = [1]
    kwargs = {"y": 2}
    @aioctl.aiotask
    async def task(self, x=0, y=0):
        return x, y
""",
)
service("wrong", "    args = 5\n    @aioctl.aiotask\n    async def task(self, x=0):\n        return x\n")


async def main():
    print(aioservice.load("a"))
    await turns()
    print(aioctl.result("a"))

    # what an instance changes is its own
    a = aioservice.service("a")
    other = type(a)("other")
    a.args.append(3)
    a.kwargs["z"] = 4
    print(a.args, a.kwargs, other.args, other.kwargs, type(a).args, type(a).kwargs)

    # a subclass of a subclass, a tuple, and a class that sets none
    class Sub(type(a)):
        args = (7, 8)

    class Plain(type(other).__bases__[0]):
        pass

    print(Sub("sub").args, Sub("sub").kwargs, Plain("plain").args, Plain("plain").kwargs)

    # refused where it is no list
    print(aioservice.load("wrong"))


asyncio.run(main())
