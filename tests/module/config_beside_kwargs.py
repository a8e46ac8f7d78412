# config() puts what tells how a service is supervised beside kwargs, where it counts.

from _services import aioservice, service

service("fan", "    @aioctl.aiotask\n    async def task(self, **kwargs):\n        pass\n")


def show(name):
    print(sorted((key, str(value)) for key, value in aioservice.get_config(name).items()))


print(aioservice.config("fan", True, 80, watchdog_ms=500, ready_ms=100, restart="always", speed=3))
show("fan")
print(aioservice.config("fan", True, restart={"policy": "always"}, after=["net"], wants="log", safe_mode=True))
show("fan")

# as asyncmd has them they are the task's, too
print(aioservice.config("old", True, restart=False, require=["net"]), aioservice.config("older", True, restart=["a"]))
show("old")
show("older")
