# blame, critical_chain, dot and top: what took how long, and what waits for what.

import _clock
from _services import asyncio, aioctl, aioservice, config, core, service

advance = _clock.testclock.advance

core("disk", """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(30)
""")
service("net", """
    require = "disk"
    ready_ms = 5000

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(300)
        self.ready()
        while True:
            await asyncio.sleep(10)
""")
service("web", """
    require = "net"
    wants = "extra"

    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.child, "child")
        test.advance(7)  # busy for 7 ms
        await asyncio.sleep(1)
        test.advance(2)
        while True:
            await asyncio.sleep(10)

    @aioctl.aiotask
    async def child(self):
        test.advance(11)
""")
service("clock", """
    after = ["web", "nothing"]
    restart = {"policy": "always", "delay_ms": 100}

    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep_ms(100)
""")
service("extra", """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)
""")
config(web={"enabled": True}, clock={"enabled": True}, net={"enabled": True}, extra={"enabled": True})


print("- nothing is up yet")
aioservice.blame()
aioservice.critical_chain()
aioservice.critical_chain("nope")


async def main():
    await aioservice.boot(debug=False)
    aioservice.init(debug=False)
    await asyncio.sleep(5)
    print("- blame")
    aioservice.blame()
    print("- critical_chain")
    aioservice.critical_chain()
    aioservice.critical_chain("net.service")
    print("- dot")
    print(aioservice.dot())
    print("- top")
    aioservice.top()


asyncio.run(main())
