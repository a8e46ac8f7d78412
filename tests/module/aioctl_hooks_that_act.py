# on_stop may itself delete, start or unload what was stopped.

from _services import asyncio, aioctl, aioservice, service, turns

starts = 0


async def wait():
    global starts
    starts += 1
    await asyncio.sleep(10)


service(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)

    def on_stop(self, *args):
        test.aioservice.unload("a")
        return "unloaded"
""",
)


async def main():
    aioctl.add(wait, name="deletes", on_stop=lambda: aioctl.delete("deletes"))
    aioctl.add(wait, name="restarts", on_stop=lambda: starts < 3 and aioctl.start("restarts"))
    await turns()
    t = aioctl.group().tasks["restarts"]
    aioctl.stop("deletes")
    aioctl.stop("restarts")
    await turns()
    print(aioctl.tasks_match("*"), starts)
    print(t.state, aioctl.group().tasks["restarts"].state)
    aioctl.delete("restarts")

    aioservice.load("a")
    await turns()
    t = aioctl.group().tasks["a.service"]
    aioctl.stop("a.service")
    await turns()
    print(t.state, await t.task, aioservice.service("a"), aioctl.tasks_match("a*"))


asyncio.run(main())
