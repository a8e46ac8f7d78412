# Boots and starts the services of this folder, and gives you a prompt beside them.
import asyncio

import aioctl
import aiorepl
import aioservice
from aiolog import getLogger, streamlog


log = getLogger("station")  # writes to streamlog


async def main():
    aioctl.set_log(streamlog)
    await aioservice.boot(log=log)
    aioservice.init(log=log)
    aioctl.add(aiorepl.task, name="repl")
    await asyncio.gather(*aioctl.tasks())


asyncio.run(main())
