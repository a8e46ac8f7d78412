# verify() hints at attributes that are nearly one of supervision, and tells of a schedule without a task.

from _services import asyncio, aioctl, aioservice, service
import aioschedule

TASK = "    @aioctl.aiotask\n    async def task(self):\n        await asyncio.sleep(9)\n"
service("pump", "    restrat = 'always'\n" + TASK)
service("fan", "    def __init__(self, name):\n        super().__init__(name)\n        self.wnats = 'pump'\n" + TASK)
service("well", "    restart = 'always'\n    speed = 5\n" + TASK)

print(aioservice.verify())


async def main():
    aioctl.add(asyncio.sleep, 5, name="there")
    for name in "there", "pmup":
        aioschedule.schedule(name, start_in=60)
    print(aioservice.verify())


asyncio.run(main())
