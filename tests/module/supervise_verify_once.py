# verify() says once what is wrong in services.config, and so do those who read it after.

from _services import aioservice, config, service

service("fan", "    @aioctl.aiotask\n    async def task(self):\n        pass\n")
config(fan={"args": 3})
print(aioservice.verify())
aioservice.init()
print(aioservice.load("fan", config=True), aioservice.get_config("fan"))

# asked again, it says it again
print(aioservice.verify())
config(fan={"args": [3]})
print(aioservice.verify())
