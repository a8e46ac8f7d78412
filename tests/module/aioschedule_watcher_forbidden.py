# A service that forbids a restart in its kwargs is left alone by watcher_loop, whether its task takes `restart`,
# has no such parameter, or gets any. Its children are their own tasks.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

import aioschedule

runs = {}


def note(name):
    runs[name] = runs.get(name, 0) + 1


TASK = """
    def __init__(self, name):
        super().__init__(name)
        self.kwargs = %s

    @aioctl.aiotask
    async def task(self%s):
        test.note(self.name)
        raise ValueError
"""
service("takes", TASK % ('{"restart": False}', ", restart=True"))
service("without", TASK % ('{"restart": False}', ""))
service("any", TASK % ('{"restart": False}', ", **kwargs"))
service("allowed", TASK % ('{"restart": True}', ""))
service(
    "parent",
    """
    def __init__(self, name):
        super().__init__(name)
        self.kwargs = {"restart": False}

    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.child, "child")

    @aioctl.aiotask
    async def child(self):
        test.note("child")
        raise ValueError
""",
)


async def main():
    for name in "takes", "without", "any", "allowed", "parent":
        aioservice.load(name)
    aioctl.add(aioschedule.watcher_loop, sleep=5)
    await asyncio.sleep(16)
    print(sorted(runs.items()))

    # changed at a prompt, it counts at once
    aioservice.service("allowed").kwargs["restart"] = False
    await asyncio.sleep(20)
    print(runs["allowed"])


asyncio.run(main())
