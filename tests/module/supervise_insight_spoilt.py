# One service whose names are spoilt takes nothing away from what dot and critical_chain have of the others.

import _clock
from _services import FOLDER, HEAD, asyncio, aioctl, aioservice, file, service

TASK = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)
"""
service("net", TASK)
service("web", "    require = 'net'\n" + TASK)
file(FOLDER + "odd_service.py", HEAD % "runtime.service" + "    after = 'say \"b\"'\n" + TASK + "service = TestService('\"a\"')\n")


async def main():
    for name in ("net", "web"):
        aioservice.load(name)
        await asyncio.sleep_ms(100)
    aioservice.service("net").require = 3
    aioservice.service("web").after = ["net", None]
    print(aioservice.dot())
    aioservice.critical_chain()


asyncio.run(main())
