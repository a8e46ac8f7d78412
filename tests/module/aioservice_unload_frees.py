# What a service held is free once it was unloaded and has ended.

import gc

from _services import asyncio, aioservice, service, turns

service(
    "big",
    """
    @aioctl.aiotask
    async def task(self):
        self.buffer = bytearray(40000)
        await asyncio.sleep(1000)
""",
)


def deep(n):
    return n and deep(n - 1)


async def main():
    gc.collect()
    before = gc.mem_alloc()
    aioservice.load("big")
    await turns()
    gc.collect()
    print(gc.mem_alloc() - before > 40000)
    aioservice.unload("big")
    await turns(10)
    # what lies on the stack still counts for the collector: write over it
    deep(20)
    for _ in range(5):
        asyncio.create_task(turns(3))
    await turns(10)
    gc.collect()
    print(gc.mem_alloc() - before < 20000)


asyncio.run(main())
