# The document's program: boot, then init.

from _services import asyncio, aioctl, aioservice, core, service, file

TASK = """
    enabled = True

    @aioctl.aiotask
    async def task(self):
        return self.name
"""
core("hello_core", TASK)
service("watcher", TASK)
service("devop", TASK)
service("hello", TASK)
file(
    "services.config",
    """{
    "hello_core": {"enabled": true},
    "watcher": {"enabled": true},
    "devop": {"enabled": true},
    "hello": {"enabled": true}
}""",
)


async def main():
    await aioservice.boot()
    aioservice.init()
    print(await asyncio.gather(*aioctl.tasks()))


asyncio.run(main())
