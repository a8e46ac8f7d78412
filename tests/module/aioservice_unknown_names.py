# Names that do not exist never raise; what is no name does.

from _services import asyncio, aioctl, aioservice, service

service(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)
""",
)


async def main():
    for name in ("x", "x.service", "", "a.service.x", "A"):
        print(aioservice.service(name))
        print(aioservice.status(name))
        print(aioservice.load(name))
        print(aioservice.unload(name))
        print(aioservice.call(name))
        print(aioservice.traceback(name))
        print(repr(aioservice.traceback(name, rtn=True)))

    # longer than any name that MicroPython interns
    aioservice.status("l" * 256)
    print(aioservice.service("l" * 256), aioservice.load("l" * 256), aioservice.unload("l" * 256 + ".service"))

    # with or without .service
    print(aioservice.load("a.service"), aioservice.service("a.service"))
    aioservice.status("a.service")
    print(aioservice.unload("a.service"))

    for function in (
        aioservice.service,
        aioservice.status,
        aioservice.load,
        aioservice.unload,
        aioservice.call,
        aioservice.traceback,
    ):
        for name in (5, b"a", ["a"]):
            try:
                function(name)
            except TypeError as e:
                print(e)
    for function in (aioservice.unload, aioservice.call):
        try:
            function(None)
        except TypeError as e:
            print(e)


asyncio.run(main())
