# As in asyncmd, a task whose on_error returns what is no exception is done. A service has failed all the same.

from _services import aioctl, aioservice, asyncio, service, stop_clock, turns


async def fails():
    raise ValueError("no broker")


service(
    "mqtt",
    """
    async def task(self):
        raise ValueError("no broker")

    def on_error(self, exc, *args, **kwargs):
        return "handled"
""",
)


async def main():
    stop_clock()
    aioctl.add(fails, name="handled", on_error=lambda exc: 42)
    aioctl.add(fails, name="nothing", on_error=lambda exc: None)
    aioctl.add(fails, name="given", on_error="text")
    aioctl.add(fails, name="the same", on_error=lambda exc: exc)
    aioctl.add(fails, name="another", on_error=lambda exc: OSError(5))
    aioctl.add(fails, name="not handled")
    aioservice.load("mqtt")
    await turns()
    aioctl.status()
    aioservice.status("mqtt")


if hasattr(aioservice, "restart"):
    asyncio.run(main())
else:
    print("SKIP")
