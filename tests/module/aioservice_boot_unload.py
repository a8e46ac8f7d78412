# A core service that is unloaded while a boot is under way does not run, and those that require it do
# not; the table of services stays whole.

from _services import aioctl, aioservice, asyncio, core, turns

core("a", "    async def task(self):\n        import aioservice\n        print(aioservice.unload('b'))\n")
for name, require in (("b", "a"), ("c", "b"), ("d", "a")):
    core(name, "    require = '%s'\n    async def task(self, require=None):\n        return 'ran'\n" % require)


async def main():
    results = await aioservice.boot()
    print(sorted((name, repr(result)) for name, result in results.items()))
    aioservice.list()
    aioservice.status("b")
    print(aioservice.load("b"), aioservice.unload("b"), aioservice.unload("b"))
    aioservice.list()


asyncio.run(main())
