# Where there are no copies NAME@1, a new task takes the place of one of its name, and a service that is loaded while
# it runs is started anew.

try:
    import aioctl
    import aioservice
    import asyncio
    import _services as t
except ImportError:
    print("SKIP")
    raise SystemExit
if hasattr(aioctl, "tasks_match"):
    print("SKIP")  # this firmware has copies
    raise SystemExit


def states():
    return sorted((name, task.state) for name, task in aioctl.group().tasks.items())


async def wait(number):
    try:
        await asyncio.sleep(10)
    finally:
        print("end of", number)


t.service(
    "a",
    """
    runs = 0

    @aioctl.aiotask
    async def task(self):
        self.runs += 1
        self.add_ctask(aioctl, self.child, "child", self.runs)
        try:
            await asyncio.sleep(10)
        finally:
            print("cleans up")
            await asyncio.sleep(0)
            print("end of run", self.runs)

    async def child(self, run):
        try:
            await asyncio.sleep(10)
        finally:
            print("end of child", run)
""",
)


async def main():
    # the first ends, and only the second is in the table
    aioctl.add(wait, 1, name="w")
    await asyncio.sleep(0)
    first = aioctl.group().tasks["w"]
    aioctl.add(wait, 2, name="w")
    await asyncio.sleep(0)
    print(states(), first.state)

    # a star is a character like any other
    print(aioctl.stop("*"), aioctl.stop("w*"))
    print(aioctl.stop("w"))
    await asyncio.sleep(0)
    aioctl.delete("w")
    print(states())

    # the second run begins when the first has cleaned up
    print(aioservice.load("a"))
    await asyncio.sleep(0.01)
    print(aioservice.load("a"))
    await asyncio.sleep(0.01)
    print(states(), aioservice.service("a").runs)

    # and so does one that is asked for while it cleans up
    aioctl.stop("a")
    await asyncio.sleep(0)
    print(aioservice.load("a"))
    await asyncio.sleep(0.01)
    print(states(), aioservice.service("a").runs)
    print(aioservice.unload("a"), states())
    await asyncio.sleep(0.01)


asyncio.run(main())
