# asyncmd's init starts what services.config does not name. Here `enabled = False` holds, unless the
# config says otherwise.

from _services import asyncio, aioctl, aioservice, service, config

TASK = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)

    %s
"""
OFF_IN_INIT = """def __init__(self, name):
        super().__init__(name)
        self.enabled = False"""
service("says_nothing", TASK % "")
service("off", TASK % "enabled = False")
service("off_in_init", TASK % OFF_IN_INIT)
service("config_on", TASK % "enabled = False")
service("config_off", TASK % "enabled = True")
service("no_word", TASK % "enabled = True")
config(config_on={"enabled": True}, config_off={"enabled": False}, off={"args": []})


async def main():
    aioservice.init(debug=False)
    print(sorted(aioctl.tasks_match("*")))


asyncio.run(main())
