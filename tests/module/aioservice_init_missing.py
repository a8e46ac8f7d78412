# init and load: a service that services.config enables and that has no file is told, not passed over.

from _services import asyncio, aioctl, aioservice, config, service, turns

TASK = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)
"""
service("pump", TASK)
service("fan", TASK)
config(pmp={"enabled": True}, pump={"enabled": True}, fan={"enabled": True}, gone={"enabled": False}, note={})


class Log:
    def error(self, text):
        print("log:", text)

    info = error


async def main():
    aioservice.init()
    await turns()
    print(aioctl.tasks_match("*"))

    # what was unloaded has its file still, and is no mistake
    print(aioservice.unload("fan"))
    aioservice.init(log=Log(), debug=False, debug_log=True)

    # without services.config there is nothing to miss
    aioservice.init(config=False)
    print(aioservice.load(config=False), aioservice.load(config=True))


asyncio.run(main())
