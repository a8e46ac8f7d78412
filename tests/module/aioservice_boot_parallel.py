# boot: independent core services run side by side; these two could not end one after the other.

from _services import asyncio, aioctl, aioservice, core

met = []
of = {"a": asyncio.Event(), "b": asyncio.Event()}
TASK = """
    @aioctl.aiotask
    async def task(self, other):
        test.of[self.name].set()
        await test.of[other].wait()
        test.met.append(self.name)
"""
core("a", "    def __init__(self, name):\n        super().__init__(name)\n        self.args = ['b']" + TASK)
core("b", "    def __init__(self, name):\n        super().__init__(name)\n        self.args = ['a']" + TASK)
core(
    "after",
    """
    require = ["a", "b"]

    @aioctl.aiotask
    async def task(self):
        print(sorted(test.met), [aioctl.group().tasks[name].state for name in ("a.service", "b.service")])
""",
)


async def main():
    print(sorted(await aioservice.boot(debug=False)))


asyncio.run(asyncio.wait_for(main(), 20))
