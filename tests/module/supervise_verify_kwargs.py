# verify() tells of named arguments that a task does not take, and says again what services.config has wrong.

from _services import asyncio, aioctl, aioservice, config, service


def put(name, arguments, attributes=""):
    service(name, attributes + "    @aioctl.aiotask\n    async def task(self%s):\n        pass\n" % arguments)


put("fan", ", speed=1")
put("pump", ", speed=1")
put("any", ", **kwargs")
put("old", ", n=0", "    kwargs = {'restart': True, 'require': []}\n")
config(
    fan={"enabled": True, "args": 5, "kwargs": {"sped": 3}},
    pump={"kwargs": {"watchdog_ms": 100}},
    any={"kwargs": {"whatever": 1}},
)

aioservice.list()
for _ in range(2):
    print(aioservice.verify())
config(fan={"enabled": True, "kwargs": {"speed": 3}, "watchdog_ms": 100})
aioservice.unload("fan")
aioservice.load("fan")
print(aioservice.verify())
