# A service's name is its user's to change: its running tasks stay its own.

from _services import aioctl, aioservice, asyncio, service, turns

BODY = """
    def on_stop(self, *args, **kwargs):
        return "on_stop of " + str(self.name)

    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.child, "child")
        await asyncio.sleep(10)

    @aioctl.aiotask
    async def child(self):
        await asyncio.sleep(10)
"""
service("a", BODY)
service("b", BODY)


async def main():
    for name, new in (("a", "zz"), ("b", 7)):
        aioservice.load(name)
        await turns()
        aioservice.service(name).name = new
        aioctl.stop(name + ".service")
        await turns()
        print(aioctl.result(name + ".service"), aioctl.group().tasks[name + ".service.child"].state)
        print(aioservice.unload(name), list(aioctl.group().tasks))


asyncio.run(main())
