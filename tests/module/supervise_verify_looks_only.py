# verify() looks, and leaves all as it is: what services.config says counts from the next load on.

from _services import asyncio, aioctl, aioservice, config, service


def put(name, attributes="", argument=""):
    service(name, attributes + "    @aioctl.aiotask\n    async def task(self%s):\n        pass\n" % argument)


put("fan", "    restart = 'always'\n    kwargs = {'speed': 1}\n", ", speed=0, more=0")
put("net")
config(fan={"enabled": True, "restart": "sometimes", "require": "nte", "args": [5], "kwargs": {"sped": 3}})
fan = aioservice.service("fan")


def show():
    print(fan.enabled, fan.restart, fan.args, fan.kwargs, hasattr(fan, "require"), hasattr(fan, "schedule"))


show()
print(aioservice.verify())
show()

# and so a file that was mended is well
config(fan={"enabled": True, "restart": "on_failure", "require": "net", "kwargs": {"more": 3}})
print(aioservice.verify())
show()

# a circle that only services.config makes
config(fan={"require": "net"}, net={"after": "fan"})
print(aioservice.verify())
show()
