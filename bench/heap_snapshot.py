# Bytes of the collector's heap that a snapshot of all services takes, with all that is allocated on the way.
import asyncio
import gc

import aioservice


async def main():
    names = sorted(aioservice.service())
    for name in names:
        aioservice.load(name)
    await asyncio.sleep(0)
    aioservice.snapshot()  # names that it brings along are needed once
    gc.collect()
    gc.collect()
    gc.disable()
    start = gc.mem_alloc()
    snapshot = aioservice.snapshot()
    print("bench: snapshot_heap_bytes_%d" % len(names), gc.mem_alloc() - start)
    assert len(snapshot["services"]) == len(names)
    gc.enable()


asyncio.run(main())
