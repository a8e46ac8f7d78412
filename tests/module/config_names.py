# Names in services.config are those of services: one with ".service" is told, not passed over; and so is one that
# is stored while there is no such service.

from _services import aioservice, config, service

TASK = "    @aioctl.aiotask\n    async def task(self):\n        pass\n"
service("fan", TASK)
config(**{"fan.service": {"enabled": True}})
print(aioservice.get_config("fan"))
aioservice.init()
print(aioservice.verify())

print(aioservice.enable("fan"), aioservice.enable("fan.service"), aioservice.disable("fn"))
print(sorted(aioservice.get_config()))
