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

# enabled may be given by name, and has to be given
print(aioservice.config("fan", enabled=False, speed=3), aioservice.get_config("fan"))
try:
    aioservice.config("fan", speed=3)
except TypeError as e:
    print(e)

# what cannot be the name of a service is refused, and nothing is stored
for name in "", "a/b", "../fan", "a\\b", "f*", "fan\n", "\x1b[2J", "fan\0", "fan\u009b":
    print(aioservice.config(name, True))
print(aioservice.enable("fän 2"), "fän 2" in aioservice.get_config())
