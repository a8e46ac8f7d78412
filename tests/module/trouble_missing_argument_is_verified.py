# verify() names the arguments that task() needs and that neither args nor kwargs give.

from _services import asyncio, aioctl, aioservice, config, service


def put(name, arguments, attributes=""):
    service(name, attributes + "    @aioctl.aiotask\n    async def task(%s):\n        pass\n" % arguments)


put("web", "self, host, port, path='/'")
put("args", "self, host, port", "    args = ['here']\n")
put("kwargs", "self, host, port", "    kwargs = {'port': 80}\n")
put("both", "self, host, *more, port=80", "    args = ('a', 'b', 'c')\n")
put("logs", "self, log, n=0")
put("any", "*args, **kwargs")
config(logs={"args": []}, args={"args": ["here", 80]})
print(aioservice.verify())

# a load fails for it
config()


async def main():
    aioservice.quiet()  # what MicroPython says of it differs
    aioservice.load("web")
    await asyncio.sleep_ms(1)
    print(aioservice.traceback("web", rtn=True).split("\n")[-2].split(":")[0])


asyncio.run(main())
