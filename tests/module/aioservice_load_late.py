# Files that come, change and go while the program runs.

from _services import asyncio, aioctl, aioservice, service, files, FOLDER, turns

TASK = """
    @aioctl.aiotask
    async def task(self):
        print(self.name, %s)
        await asyncio.sleep(10)
"""
service("a", TASK % 1)


async def main():
    aioservice.list()

    # a file added later
    service("late", TASK % 1)
    print(aioservice.service("late"), aioservice.load("late"))
    await turns()
    aioservice.list()

    # a changed file is read anew after unload only
    service("late", TASK % 2)
    aioservice.load("late")
    await turns()
    print(aioservice.unload("late"))
    service("late", TASK % 3)
    print(aioservice.service("late"), aioservice.load("late"))
    await turns()

    # changed to something broken, and mended: the next load reads it anew
    aioservice.unload("late")
    service("late", "\n    1 / 0")
    print(aioservice.load("late"))
    service("late", TASK % 4)
    print(aioservice.load("late"))
    print(aioservice.unload("late"), aioservice.load("late"))
    await turns()

    # gone: what is imported goes on, what was unloaded is not found
    del files.data[FOLDER + "late_service.py"], files.data[FOLDER + "a_service.py"]
    print(aioservice.load("a"))
    await turns()
    print(aioservice.unload("late"), aioservice.load("late"))
    aioservice.list()


asyncio.run(main())
