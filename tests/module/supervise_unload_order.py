# unload of what others require: these end first, as with stop; then it is told to end, and is forgotten.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service


def note(*what):
    print("   ", now() - began, *what)


# Cleans up so long.
async def run(name, clean_ms):
    note("+" + name)
    try:
        await asyncio.sleep(1000)
    finally:
        note("-%s is told" % name)
        await asyncio.sleep_ms(clean_ms)
        note("-" + name)


# Goes on, whatever it is told.
async def swallow(name):
    while True:
        try:
            await asyncio.sleep(1000)
        except asyncio.CancelledError:
            note("-%s is told" % name)


def put(name, call, attributes="", n=1):
    body = "    n = %d\n    stop_ms = 100\n    %s\n    @aioctl.aiotask\n    async def task(self):\n        await test.%s\n"
    service(name, body % (n, attributes, call))


put("net", "run('net', 20)")
put("web", "run('web', 50)", "require = 'net'")
put("site", "run('site', 50)", "require = 'web'")
put("mail", "run('mail', 50)", "require = 'net'")
put("bad", "swallow('bad')", "require = 'net'")


def unload(name):
    print("unload", name)
    print("   ", aioservice.unload(name), states())


def states():
    return [(name[: name.index(".")], task.state) for name, task in sorted(aioctl.group().tasks.items())]


async def load(*names):
    for name in names:
        aioservice.load(name)
    await asyncio.sleep_ms(5)


async def settled(ms=200):
    await asyncio.sleep_ms(ms)
    print("   ", states())


async def main():
    global began
    began = now()
    sys.modules["time"] = Clock()

    await load("site")
    unload("net")
    await settled(60)  # site has ended, web has not
    aioservice.status("net")
    await settled()
    aioservice.status("net")

    # What does not end is stuck after its stop_ms, and holds up nothing longer.
    began = now()
    await load("bad")
    unload("net")
    await settled()
    aioctl.delete("*")

    # Twice means at once.
    began = now()
    await load("web")
    unload("net")
    unload("net")
    await settled()

    # Loaded before its turn has come: it is read anew, and starts when the run that goes on has ended.
    began = now()
    await load("web")
    unload("net")
    put("net", "run('net', 20)", n=2)
    print("   ", aioservice.load("net"), states())
    await settled()
    print("   ", aioservice.service("net").n)

    # The same where something that is loaded requires it.
    began = now()
    await load("web")
    unload("net")
    put("net", "run('net', 20)", n=3)
    await load("mail")
    await settled()
    print("   ", aioservice.service("net").n)
    aioctl.delete("mail")

    # Started before its turn has come, it stays.
    began = now()
    await load("web")
    unload("net")
    print("   ", aioctl.start("net.service"), states())
    await settled()

    # Deleted before its turn has come.
    began = now()
    await load("web")
    unload("net")
    aioctl.delete("net")
    await settled()
    aioservice.status("net")


asyncio.run(main())
