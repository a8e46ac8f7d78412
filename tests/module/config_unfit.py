# What a load would refuse is not stored: config() says what is wrong with it, and leaves the file as it was.

from _services import aioservice, service

service("fan", "    @aioctl.aiotask\n    async def task(self, **kwargs):\n        pass\n")
aioservice.config("fan", True, ready_ms=100)
before = open("services.config").read()

print(aioservice.config("fan", True, restart="allways"))
print(aioservice.config("fan", True, restart={"policy": "always", "brust": 3}))
print(aioservice.config("fan", True, restart=5))
print(aioservice.config("fan", True, ready_ms="100"))
print(aioservice.config("fan", True, watchdog_ms=-1))
print(aioservice.config("fan", True, require=5))
print(aioservice.config("fan", True, after=["net", None]))
print(aioservice.config("fan", True, schedule={"start_in": "soon"}))
print(aioservice.config("fan", True, schedule=20))
print(open("services.config").read() == before)

# what asyncmd's services have is no mistake
print(aioservice.config("fan", True, restart=True, require="net", schedule={"start_in": 20, "repeat": 90}))
print(aioservice.config("fan", True, restart=["net"], schedule=None))

# a mistake that stands in the file already is no reason not to disable the service
file = open("services.config", "w")
file.write('{"fan": {"enabled": true, "ready_ms": "soon"}}')
file.close()
print(aioservice.disable("fan"), aioservice.get_config("fan"))
