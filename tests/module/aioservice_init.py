# init: starts enabled runtime services, in order, and no core service.

from _services import asyncio, aioctl, aioservice, service, core, file, turns

TASK = """
    enabled = %s

    @aioctl.aiotask
    async def task(self, n=0):
        print(self.name, n)
        await asyncio.sleep(10)
"""
service("own", TASK % True)
service("config_on", TASK % False)
service("config_off", TASK % True)
service("off", TASK % False)
service("last", TASK % True)
core("a_core", TASK % True)
file(
    "services.config",
    """{
    "last": {"enabled": true, "args": [1]},
    "config_off": {"enabled": false},
    "config_on": {"enabled": true, "args": [2]},
    "a_core": {"enabled": true}
}""",
)


async def main():
    # in the order of services.config, then by name
    print(aioservice.init())
    await turns()
    print(aioctl.tasks_match("*"))
    aioservice.status()

    # config=False leaves it out: the attribute counts
    aioctl.delete("*")
    for name in ("last", "config_on"):
        aioservice.service(name).args = []
        aioservice.service(name).enabled = name == "last"
    aioservice.init(config=False)
    await turns()
    print(aioctl.tasks_match("*"))


asyncio.run(main())
