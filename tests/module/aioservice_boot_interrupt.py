# KeyboardInterrupt in a core service ends the loop, and another boot can follow.

from _services import asyncio, aioctl, aioservice, core

core(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        if test.interrupt:
            raise KeyboardInterrupt
        return 42
""",
)
interrupt = True


async def main():
    print(await aioservice.boot(debug=False))


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("KeyboardInterrupt", aioctl.group().tasks["a.service"].state)
interrupt = False
asyncio.new_event_loop()
asyncio.run(main())
