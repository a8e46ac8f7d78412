# What is due and cannot be started is told to the loop's logger, with the reason; the others' schedules go on.

import asyncio

try:
    import aioctl
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit


class Log:
    def error(self, text):
        print("log:", text)


async def spoilt():
    print("spoilt runs")


async def fine():
    print("fine runs")


async def main():
    aioctl.add(spoilt)
    aioctl.add(fine)
    await asyncio.sleep_ms(0)
    await asyncio.sleep_ms(0)
    aioctl.group().tasks["spoilt"].kwargs = {5: "no name of an argument"}
    aioschedule.schedule("spoilt", start_in=0)
    aioschedule.schedule("fine", start_in=0)
    loop = asyncio.create_task(aioschedule.schedule_loop(alog=Log()))
    await asyncio.sleep_ms(50)
    loop.cancel()


asyncio.run(main())
