# Functions of one argument take it by the name that the reference gives it, too.

from _services import aioctl, aioservice, asyncio, config, service, turns

config(one={"enabled": True, "args": []})
service("one", "    async def task(self):\n        return 1\n")


async def main():
    aioservice.load(name="one")
    await turns()
    aioservice.status(name="one")
    print(aioservice.service(name="one") is aioservice.service("one"))
    print(aioservice.get_config(name="one"), aioservice.get_config(name="two"))
    print(aioservice.call(name="one"))
    print(aioctl.result(name="one.service"), aioctl.start(name="one.service"))
    print(aioservice.disable(name="one"), aioservice.enable(name="one"))
    print(aioservice.unload(name="one"))
    aioctl.setenv(env={"A": "b"})
    print(aioctl.getenv(var="A"))
    aioctl.set_log(log=None)
    for wrong in (lambda: aioservice.unload(), lambda: aioservice.status(nam="one")):
        try:
            wrong()
        except TypeError as e:
            print("TypeError")


asyncio.run(main())
