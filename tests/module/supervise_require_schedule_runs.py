# A scheduled service that requires another: a run that was stopped keeps no later one from its end; and what it
# requires lost for good is said.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, config, service

service(
    "net",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(test.life)
        raise ValueError
""",
)
service(
    "app",
    """
    require = "net"
    schedule = {"start_in": 1, "repeat": 10}

    @aioctl.aiotask
    async def task(self):
        print(test.now(), "app +")
        await asyncio.sleep(5)
        print(test.now(), "app done")
""",
)
config(net={"enabled": True}, app={"enabled": True})
life = 38


async def main():
    aioservice.init(debug=False)
    await asyncio.sleep(3)
    aioctl.stop("app.service", stop_sch=False)
    await asyncio.sleep(30)
    print(aioctl.group().tasks["app.service"].state)
    await asyncio.sleep(20)
    print(aioctl.group().tasks["app.service"].state)
    print(aioctl.start("app.service"), aioctl.group().tasks["net.service"].state)


asyncio.run(main())
