# What it costs to tell an event where nobody listens, against a line of the same text written to the log.
#
#   event.py events N    N cycles of a service, of some six events each
#   event.py lines N     the text of one of these, written N times to an AioStream
import asyncio
import sys

import aioctl
import aioservice
from aiolog import AioStream


async def events(n):
    for _ in range(n):
        aioservice.load("bench")
        await asyncio.sleep(0)
        aioctl.delete("bench.service")
        await asyncio.sleep(0)


def lines(n):
    asyncio.run(events(1))
    text = aioservice.events(1)[0]["text"] + "\n"
    stream = AioStream(2000)
    for _ in range(n):
        stream.write(text)


if sys.argv[1] == "events":
    asyncio.run(events(int(sys.argv[2])))
else:
    lines(int(sys.argv[2]))
