# asyncmd's boot replaces the group and what is in it. Here every other task of the loop is left alone.

from _services import asyncio, aioctl, aioservice, core, turns

core(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        await test.meanwhile.wait()
""",
)
core("fails", "\n    @aioctl.aiotask\n    async def task(self):\n        1 / 0")
meanwhile = asyncio.Event()
go = asyncio.Event()


async def waits(value):
    await go.wait()
    return value


async def works():
    await turns()
    meanwhile.set()


async def main():
    aioctl.add(waits, 1, name="supervised")
    aioctl.add(waits, 2, name="a.service.like")
    plain = asyncio.create_task(waits(3))
    aioctl.add(works)
    record = aioctl.group().tasks["supervised"]
    tasks = aioctl.group().tasks

    await aioservice.boot(debug=False)
    print(sorted(aioctl.tasks_match("*")))
    print(aioctl.group().tasks["supervised"] is record, aioctl.group().tasks is tasks, plain.done())
    go.set()
    print(await asyncio.gather(plain, *aioctl.tasks()))


asyncio.run(asyncio.wait_for(main(), 20))
