# init after failures starts the same services whatever the order in which it comes to them.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service, turns

bad = True
TASK = """
    enabled = True
    require = %s

    @aioctl.aiotask
    async def task(self):
        if test.bad:
            raise ValueError("bad")
        await asyncio.sleep(100)
"""
service("top", TASK % None)
service("base", TASK % None)


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def main():
    global bad
    for order in ("top", "base"), ("base", "top"):
        for name in order:
            aioservice.unload(name)
        for name in order:
            aioservice.load(name)
        aioservice.service("top").enabled = aioservice.service("base").enabled = True
        await turns()
        states()
        aioservice.service("top").require = "base"
        bad = False
        aioservice.init(debug=False, config=False)
        await turns(10)
        states()
        bad = True


asyncio.run(main())
