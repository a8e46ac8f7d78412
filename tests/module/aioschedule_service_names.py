# The name of a service stands for its main task in aioschedule, too, where no task is called so.

from _services import asyncio, aioctl, aioservice, service, turns
import aioschedule

service("report", "    @aioctl.aiotask\n    async def task(self):\n        pass\n")


async def main():
    aioservice.load("report")
    await turns()
    aioschedule.schedule("report", start_in=60)
    print(list(aioschedule.group()), aioschedule.group()["report.service"]["start_in"])
    aioschedule.status_sc("report")
    print(aioschedule.unschedule("report"), aioschedule.group())

    # a task that is called so, or will be, is meant itself
    aioctl.add(asyncio.sleep, 5, name="report")
    aioschedule.schedule("report", start_in=60)
    aioschedule.schedule("later", start_in=60)
    print(sorted(aioschedule.group()))

    # a key that is mistyped is told
    try:
        aioservice.service("report").schedule = {"start": 5}
        print(aioservice.load("report"))
    except ValueError as e:
        print(e)


asyncio.run(main())
