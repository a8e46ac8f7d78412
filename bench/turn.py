# N loop turns of one task: `turn.py supervised N` of a service's, `turn.py raw N` of the same coroutine
# under plain asyncio. For counting instructions.
import asyncio
import sys

import aioctl
import aioservice


async def main(what, turns):
    service = aioservice.service("turner")
    service.args = [turns]
    if what == "supervised":
        aioservice.load("turner")
        await aioctl.group().tasks["turner.service"].task
    else:
        await asyncio.create_task(service.body(service, turns, log=None))
    assert service.turns == turns


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
