# Boots and starts the services of this folder, and gives you a REPL beside them.
import asyncio

import aioctl
import aiorepl
import aioservice
from aiolog import getLogger, streamlog


async def main():
    log = getLogger("guide")  # writes to streamlog
    aioctl.set_log(streamlog)
    await aioservice.boot(log=log)
    aioservice.init(log=log)
    aioctl.add(aiorepl.task, name="repl")
    await asyncio.gather(*aioctl.tasks())


asyncio.run(main())
