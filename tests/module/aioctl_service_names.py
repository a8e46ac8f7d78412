# The name of a service stands for its main task, where no task is called so.

from _services import asyncio, aioctl, aioservice, service, turns

service(
    "fan",
    """
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.blade, "blade")
        await asyncio.sleep(10)

    @aioctl.aiotask
    async def blade(self):
        await asyncio.sleep(10)
""",
)


async def main():
    aioservice.load("fan")
    await turns()

    def states():
        return [(name, aioctl.group().tasks[name].state) for name in aioctl.tasks_match("*")]

    print(aioctl.stop("fan"))
    await turns()
    print(states())
    print(aioctl.start("fan"))
    await turns()
    print(states())

    # its children and further instances have names of their own, and patterns mean what they say
    print(aioctl.tasks_match("fan"), aioctl.stop("fan.blade"), aioctl.stop("fan*"))
    await turns()

    # a task that is called so comes first
    aioctl.add(asyncio.sleep, 10, name="fan")
    await turns()
    aioctl.delete("fan")
    print(states())

    # once the service's task is gone there is nothing it could stand for
    aioctl.delete("fan")
    print(states(), aioctl.start("fan"))


asyncio.run(main())
