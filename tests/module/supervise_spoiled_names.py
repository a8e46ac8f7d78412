# A service whose `after` is wrong, behind a long `require` that is not, does no harm to the others.

import _clock
from _services import aioctl, aioservice, asyncio, service

import gc

TASK = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(100)
"""
names = ["n%d" % i for i in range(40)]
for name in names:
    service(name, TASK)
service("bad", "    require = %r\n    after = 5\n" % names + TASK)
service("app", "    require = ['n1']\n" + TASK)


async def main():
    aioservice.load("app")
    pieces = [bytes(13) for _ in range(100)]
    gc.collect()
    aioservice.load("n2")
    aioservice.load("n3")
    await asyncio.sleep(1)
    gc.collect()
    print(all(piece == bytes(13) for piece in pieces))
    aioservice.load("bad")
    aioctl.stop("n1.service")
    await asyncio.sleep(1)
    print([(name, aioctl.group().tasks[name + ".service"].state) for name in ("app", "n1", "n2")])

    # the first argument of a service's task is the service: it cannot be taken away
    record = aioctl.group().tasks["n2.service"]
    for wrong in ((5,), (), [aioservice.service("n3")]):
        try:
            record.args = wrong
        except ValueError as error:
            print(error)
    record.args = [aioservice.service("n2")]
    print(record.args[0].name)


asyncio.run(main())
