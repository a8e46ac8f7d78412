# A service file may ask aioservice while it is imported.

from _services import asyncio, aioservice, service, file, FOLDER, turns

TASK = """
    @aioctl.aiotask
    async def task(self):
        print(self.name, "runs")
"""
service("a", TASK)
service("c", TASK)
file(
    FOLDER + "b_service.py",
    """import aioctl
import aioservice
from aioclass import Service

print("b asks for", aioservice.service("a"))
aioservice.get_config()

class B(Service):
"""
    + TASK
    + "service = B('b')",
)


async def main():
    aioservice.list()
    aioservice.status()
    aioservice.load("b")
    await turns()


asyncio.run(main())
