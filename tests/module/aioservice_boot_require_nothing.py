# What requires nothing: None, False, "" and empty lists, as attribute and in kwargs.

from _services import asyncio, aioctl, aioservice, core

TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self, require=None):
        return "ran"
"""
values = ("None", "False", '""', "[]", "()")
for i, value in enumerate(values):
    core("attribute%d" % i, TASK % value)
    core(
        "kwargs%d" % i,
        TASK % '"overridden"' + "\n    def __init__(self, name):\n"
        "        super().__init__(name)\n"
        "        self.kwargs['require'] = " + value,
    )


async def main():
    results = await aioservice.boot(debug=False)
    print(len(results), set(results.values()))


asyncio.run(main())
