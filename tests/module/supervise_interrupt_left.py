# A KeyboardInterrupt that waits for services to end belongs to its loop: where that is left before, no
# other loop is struck by it.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service, turns

service(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(10)
        raise KeyboardInterrupt("old")
""",
)
service(
    "b",
    """
    @aioctl.aiotask
    async def task(self):
        try:
            await asyncio.sleep(1)
        finally:
            await asyncio.sleep_ms(20)
""",
)
service(
    "c",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(5)
        print("c ends")
        if test.struck:
            raise KeyboardInterrupt("new")
""",
)
struck = False


async def first():
    aioservice.load("b")
    aioservice.load("a")
    await asyncio.sleep_ms(15)


async def other():
    aioservice.load("c")
    await asyncio.sleep_ms(50)
    print("the other loop goes on")


def run(main):
    try:
        asyncio.run(main())
    except KeyboardInterrupt as e:
        print("raised:", e)
    asyncio.new_event_loop()
    asyncio.core._io_queue = _clock.NoWait()


run(first)
run(other)
run(other)

# nor does it count as a first one there
run(first)
aioctl.delete("*")
struck = True
run(other)
