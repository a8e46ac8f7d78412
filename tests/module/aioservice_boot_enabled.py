# Which core services boot starts: all but those that are switched off.

from _services import asyncio, aioctl, aioservice, core, config

TASK = """
    %s

    @aioctl.aiotask
    async def task(self):
        pass
"""
OFF_IN_INIT = """def __init__(self, name):
        super().__init__(name)
        self.enabled = False"""
core("says_nothing", TASK % "")
core("on", TASK % "enabled = True")
core("off", TASK % "enabled = False")
core("off_in_init", TASK % OFF_IN_INIT)
core("config_on", TASK % "enabled = False")
core("config_off", TASK % "enabled = True")
config(config_on={"enabled": True}, config_off={"enabled": False})


async def main():
    print(sorted(await aioservice.boot(debug=False)))

    # without services.config the attributes count
    aioctl.delete("*")
    aioservice.service("config_on").enabled = False
    print(sorted(await aioservice.boot(debug=False, config=False)))


asyncio.run(main())
