# on_stop and on_error as methods of a service: for its main task, not for its children.

try:
    import asyncio
    import aioctl
    import aioclass
except ImportError:
    print("SKIP")
    raise SystemExit


class S(aioclass.Service):
    @aioctl.aiotask
    async def task(self, n, fail=False):
        self.add_ctask(aioctl, self.child, "child")
        await asyncio.sleep_ms(0)
        if fail:
            raise ValueError(n)
        await asyncio.sleep(10)

    @aioctl.aiotask
    async def child(self):
        await asyncio.sleep(10)

    def on_stop(self, *args, **kwargs):
        print("on_stop", self.name, args[0] is self, args[1:], kwargs)
        return "stopped well"

    def on_error(self, exc, *args, **kwargs):
        print("on_error", self.name, repr(exc), args[0] is self, args[1:], kwargs)
        return "failed well"


async def turns():
    for _ in range(4):
        await asyncio.sleep_ms(0)


async def main():
    s = S("a")
    aioctl.add(s.task, s, 1, name="a.service")
    await turns()
    aioctl.stop("a.service")
    await turns()
    print(aioctl.result("a.service"), aioctl.result("a.service.child"))

    aioctl.add(s.task, s, 2, fail=True, name="a.service")
    await turns()
    print(aioctl.result("a.service@1"))

    # what is given to add comes first
    aioctl.add(s.task, s, 3, fail=True, name="a.service", on_error="given")
    await turns()
    print(aioctl.result("a.service@2"))

    # set on the instance at run time
    s.on_stop = lambda *args, **kwargs: "from the instance"
    aioctl.add(s.task, s, 4, name="a.service")
    await turns()
    aioctl.stop("a.service@3")
    await turns()
    print(aioctl.result("a.service@3"))


asyncio.run(main())
