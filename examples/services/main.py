# Boots and starts the services of this folder, and gives you a REPL beside them.
import asyncio

import aioctl
import aiorepl
import aioservice
from aiolog import getLogger, streamlog


def run(logger):
    async def main(logger):
        aioctl.set_log(streamlog)
        # boot must be awaited: core services end before the others start
        await aioservice.boot(log=logger)

        aioctl.add(aiorepl.task, name="repl")
        aioservice.init(log=logger)

        await asyncio.gather(*aioctl.tasks())

    asyncio.run(main(logger))


# The logger writes to streamlog, a ring in memory: aioctl.log() shows what is in it.
run(getLogger("examples"))
