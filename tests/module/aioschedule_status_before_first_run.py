# The status of a task that waits for its first run, before and after its loop has started.

from _services import aioctl, aioservice, asyncio, service, stop_clock, turns

import aioschedule

service(
    "slow",
    '    type = "schedule.service"\n    schedule = {"start_in": 90, "repeat": 60}\n'
    "    async def task(self):\n        pass\n",
)


async def main():
    stop_clock()
    aioservice.load("slow")
    aioctl.status("slow.service")
    aioctl.add(aioschedule.schedule_loop)
    await turns()
    aioctl.status("slow.service")
    aioctl.status("slow.service", debug=True)


asyncio.run(main())
