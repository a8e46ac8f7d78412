# A product with more than twenty faults in it, each planted in a service or in services.config: it boots, runs for a while,
# stops one service and ends. Nobody types anything. Behind "--- log" it shows what its log has, behind "--- events" its events.
import asyncio
import json

import aioctl
import aiolog
import aioservice

aiolog.streamlog = aiolog.AioStream(40000)
logger = aiolog.getLogger("product")
events = []


async def forgotten():
    raise KeyError("nobody awaits this")


async def main():
    aioservice.on_event(lambda event: events.append(json.dumps(event)))
    await aioservice.boot(log=logger, debug_log=True)
    aioservice.init(log=logger, debug_log=True)
    asyncio.create_task(forgotten())
    await asyncio.sleep_ms(500)
    aioctl.stop("swallows.service")
    await asyncio.sleep_ms(400)
    print("--- log")
    aiolog.streamlog.cat()
    print("--- events")
    for event in events:
        print(event)


asyncio.run(main())
