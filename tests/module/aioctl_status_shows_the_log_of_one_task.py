# The status of one task shows the latest ten lines of the log about it; that of several is a line each.

from _services import aioctl, aioservice, asyncio, service, stop_clock, turns
import aiolog

log = aiolog.AioStream(2000)


async def wait():
    await asyncio.sleep(1000)


service(
    "pump",
    "    async def kid(self):\n        await test.wait()\n"
    "    async def task(self, log=None):\n"
    "        self.add_ctask(aioctl, self.kid, 'kid')\n"
    "        await test.wait()\n",
)


async def main():
    stop_clock()
    aioctl.add(wait, name="fan")
    aioctl.status("fan")
    aioctl.set_log(log)
    aioctl.status("fan")
    for n in range(12):
        log.write("[fan] %d\n[fans] %d\n[pump] %d\n" % (n, n, n))
    print("--- by default, and without")
    aioctl.status("fan")
    aioctl.status("fan", log=False)
    print("--- several")
    aioctl.status()
    aioctl.status("f*")
    print("--- a service, by either name: its lines, its children's, the manager's about it")
    aioservice.load("pump", log=aiolog.getLogger("x", log), debug_log=True)
    await turns()
    log.write("[pump.service] on\n[pump.service.kid] there\n[pump.service@1] another\nnobody's pump.service\n")
    log.write("[aioservice] pump.service is late\n[aioservice] because of pump.service: late\n")
    log.write("[aioservice] pump.services\n[aioservice] it was pump.service\n")

    aioctl.status("pump")
    print("--- its child")
    aioctl.status("pump.service.kid")
    print("--- a log that is no AioStream is not asked")

    class Other:
        def cat(self, grep=""):
            print("cat", grep)

    aioctl.set_log(Other())
    aioctl.status("fan")


asyncio.run(main())
