# A stop is final for watcher_loop, too: of a service that fails at its end or had failed before, and of a task that was
# taken out of its schedule.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

import aioschedule

runs = {}


def note(name):
    runs[name] = runs.get(name, 0) + 1


async def job():
    note("job")
    raise ValueError


service(
    "ends_badly",
    """
    @aioctl.aiotask
    async def task(self):
        test.note(self.name)
        try:
            await asyncio.sleep(1000)
        finally:
            raise ValueError
""",
)
for name in "failed", "started":
    service(
        name,
        """
    @aioctl.aiotask
    async def task(self):
        test.note(self.name)
        raise ValueError
""",
    )


def states():
    return [(name, task.state) for name, task in sorted(aioctl.group().tasks.items()) if task.state == "failed"]


async def main():
    aioctl.add(job)
    aioschedule.schedule("job", start_in=1, repeat=100)
    aioctl.add(aioschedule.schedule_loop)
    for name in "ends_badly", "failed", "started":
        aioservice.load(name)
    await asyncio.sleep(2)
    for name in "job", "ends_badly.service", "failed.service", "started.service":
        aioctl.stop(name)
    aioctl.start("started.service")
    await asyncio.sleep(0)
    aioctl.add(aioschedule.watcher_loop, sleep=5)
    await asyncio.sleep(16)
    print(sorted(runs.items()), "job" in aioschedule.group())
    print(states())


asyncio.run(main())
