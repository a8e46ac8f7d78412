# `async for event in aioservice.follow()` hands out each event once, from its call on; several may follow; one that
# lags behind finds a gap in the numbers; one that is cancelled leaves nothing behind.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "follow"):
    print("SKIP")
    raise SystemExit

aioservice.quiet()

service(
    "fan",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
)


async def follow(name, seen, pause=0):
    async for event in aioservice.follow():
        seen.append(event["n"])
        if event["kind"] == "unloaded":
            print(name, "sees the end")
        if pause:
            await asyncio.sleep_ms(pause)


async def main():
    aioservice.load("fan")
    await asyncio.sleep_ms(5)
    first, second, late = [], [], []
    tasks = [asyncio.create_task(follow("first", first)), asyncio.create_task(follow("second", second))]
    slow = asyncio.create_task(follow("slow", late, 400))
    await asyncio.sleep_ms(5)
    print("nothing of before", first)
    begun = aioservice.events(1)[0]["n"]
    for _ in range(30):
        aioctl.stop("fan.service")
        await asyncio.sleep_ms(5)
        aioctl.start("fan.service")
        await asyncio.sleep_ms(5)
    aioservice.unload("fan")
    await asyncio.sleep_ms(5)
    last = aioservice.events(1)[0]["n"]
    print("each once", first == second == list(range(begun + 1, last + 1)))
    for task in tasks:
        task.cancel()
    await asyncio.sleep(60)
    gaps = [b - a for a, b in zip(late, late[1:]) if b != a + 1]
    print("a gap", len(gaps) > 0 and late[-1] == last, len(late) < len(first))
    slow.cancel()
    await asyncio.sleep_ms(5)
    aioservice.load("fan")  # nobody follows any more
    await asyncio.sleep_ms(5)
    print("cancelled", first[-1] == last, tasks[0].done(), slow.done())


asyncio.run(main())
