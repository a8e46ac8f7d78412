# After two soft resets: nothing of what ran before is there, and everything works.
import asyncio
import aioctl
import aioschedule
import aioservice
from aiolog import streamlog

aioctl.color(False)
print("tasks", aioctl.group().tasks)
print("schedule", aioschedule.group())
print("log:")
streamlog.cat()
print("environment", aioctl.getenv("LEFT", "nothing"))


# A loop of its own runs no step of what ran before.
async def idle():
    for _ in range(20):
        await asyncio.sleep_ms(1)


asyncio.run(idle())
print("tasks", aioctl.group().tasks)


async def main():
    print(await aioservice.boot(debug=False))
    aioservice.init(debug=False)
    await asyncio.sleep_ms(50)
    print(sorted(aioctl.group().tasks), aioservice.service("beat").turns > 10)
    aioservice.list()
    print(aioservice.unload("beat"))
    await asyncio.sleep_ms(5)


asyncio.run(main())
