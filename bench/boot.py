# `boot.py discover` finds and imports the services of the folder, `boot.py boot` boots them too: the
# difference of both is the boot alone.
import asyncio
import sys

import aioservice


async def main(what):
    services = aioservice.service()
    if what == "boot":
        results = await aioservice.boot(debug=False)
        assert len(results) == len(services)
        assert all(result is None for result in results.values())


asyncio.run(main(sys.argv[1]))
