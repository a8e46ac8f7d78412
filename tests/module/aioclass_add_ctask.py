# add_ctask: child tasks of a service.

try:
    import asyncio
    import aioctl
    import aioclass
except ImportError:
    print("SKIP")
    raise SystemExit


class S(aioclass.Service):
    @aioctl.aiotask
    async def decorated(self, n, step=1):
        print("decorated", self.name, n, step)
        await asyncio.sleep(10)

    async def plain(self, n):
        print("plain", self.name, n)
        await asyncio.sleep(10)

    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.decorated, "d", 1, step=2)
        self.add_ctask(aioctl, self.plain, "p", 3)
        self.add_ctask(aioctl, outside, "o")
        await asyncio.sleep(10)


async def outside(service):
    print("outside", service.name)
    await asyncio.sleep(10)


async def turns():
    for _ in range(4):
        await asyncio.sleep_ms(0)


def states(pattern):
    tasks = aioctl.group().tasks
    return [(name, tasks[name].state) for name in aioctl.tasks_match(pattern)]


async def main():
    s = S("a")
    aioctl.add(s.task, s, name="a.service")
    aioctl.add(outside, s, name="a")
    await turns()
    print(states("a.service*"))
    child = aioctl.group().tasks["a.service.d"]
    print(child.service is s, child.args == (s, 1), child.kwargs)

    # a second one of a name takes the place of the first, which is stopped
    s.add_ctask(aioctl, s.decorated, "d", 5)
    await turns()
    print(child.state, states("a.service.d*"), aioctl.group().tasks["a.service.d"] is child)

    # they end with the service, which leaves what is not its own
    aioctl.stop("a.service")
    await turns()
    print(states("*"))

    # and can be added before there is a main task
    S("b").add_ctask(aioctl, outside, "early")
    await turns()
    print(states("b*"))

    # a child stopped by itself leaves the service running
    aioctl.start("a.service")
    await turns()
    aioctl.stop("a.service.p")
    await turns()
    print(states("a.service*"))

    for cname in (5, None):
        try:
            s.add_ctask(aioctl, outside, cname)
        except TypeError as e:
            print(e)
    try:
        s.add_ctask(aioctl, 5, "x")
    except TypeError as e:
        print(e)


asyncio.run(main())
