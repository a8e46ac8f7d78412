# verify() says what a load or a boot will refuse, and nothing of what they let pass.

from _services import asyncio, aioctl, aioservice, core, file, service

TASK = """
    @aioctl.aiotask
    async def task(self, more=0):
        pass
"""

# what is required is disabled, or is not to be loaded; a service that is not booted itself is refused nothing
core("off", "    enabled = False\n" + TASK)
core("needs_off", "    require = 'off'\n" + TASK)
core("off_too", "    require = 'off'; enabled = False\n" + TASK)
core("out", TASK)
core("needs_out", "    require = 'out'\n" + TASK)
service("never", "    loaded = False\n" + TASK)
service("needs_never", "    require = 'never'\n" + TASK)
service("wants_never", "    wants = 'never'\n" + TASK)

# what cannot be passed on, where services.config does not say otherwise
service("args", "    args = 3\n" + TASK)
service("args_none", "    args = None\n" + TASK)
service("args_config", "    args = 3\n" + TASK)
service("kwargs", "    kwargs = [1]; args = 'text'\n" + TASK)

# a type that there is not
service("type", TASK, "core")
core("type_due", "    type = 'Schedule.service'\n" + TASK)
service("due", TASK, "schedule.service")

CONFIG = """{
"args_config": {"args": [1]},
"kwargs": {"kwargs": {"less": 2}},
"out": {"enabled": %s}}
"""
file("services.config", CONFIG % "true")
print(aioservice.verify())
kwargs = aioservice.service("kwargs")
print(kwargs.args, kwargs.kwargs, aioservice.service("args_config").args)

print("- disabled by now")
file("services.config", CONFIG % "false")
print(aioservice.verify())


async def main():
    print("- boot")
    await aioservice.boot()
    for name in ("needs_never", "args", "kwargs"):
        aioservice.load(name)


asyncio.run(main())
