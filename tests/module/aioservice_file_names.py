# A service that calls itself other than its file is found by the file's name, too.

from _services import FOLDER, HEAD, asyncio, aioctl, aioservice, file, turns

TASK = '    @aioctl.aiotask\n    async def task(self):\n        await asyncio.sleep(9)\n\nservice = TestService("%s")\n'
file(FOLDER + "irrigation_service.py", HEAD % "runtime.service" + TASK % "irigation")


async def main():
    print(aioservice.load("irrigation"))
    await turns()
    print(aioctl.tasks_match("*"), aioservice.call("irrigation"))
    print(aioservice.unload("irrigation"))
    await turns()
    print(aioctl.tasks_match("*"), aioservice.unload("irrigation"))

    # what is not loaded is told as a service, where a task is asked for
    file(FOLDER + "irrigation_service.py", HEAD % "runtime.service" + TASK % "irigation")
    aioservice.load("irrigation")
    aioctl.stop("irrigation")
    file(FOLDER + "broken_service.py", "1/0")
    aioservice.load("broken")
    print(aioctl.status("broken"), aioctl.start("broken"))


asyncio.run(main())
