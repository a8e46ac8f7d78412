# As in asyncmd, a child that on_stop adds runs. Those that were there before end with their service.

from _services import aioctl, aioservice, asyncio, service, turns

service(
    "mqtt",
    """
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.wait, "before")
        await asyncio.sleep(1000)

    def on_stop(self, *args, **kwargs):
        self.add_ctask(aioctl, self.wait, "farewell")

    @aioctl.aiotask
    async def wait(self):
        await asyncio.sleep(1000)
""",
)


def states(what):
    print(what, [(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def main():
    aioservice.load("mqtt")
    await turns()
    aioctl.stop("mqtt.service")
    await turns()
    states("stopped:")
    # it is a child like others
    aioctl.start("mqtt.service")
    await turns()
    states("started:")
    aioctl.stop("mqtt.service.farewell")
    await turns()
    states("child stopped:")


if hasattr(aioservice, "restart"):
    asyncio.run(main())
else:
    print("SKIP")
