# A service that goes on after it was unloaded or deleted: what is loaded again starts when that has ended, so
# that there never are two runs of one service; and where it does not end, it is stuck, as anywhere else.

import sys

import _clock
from _clock import asyncio, now
from _services import Clock, aioctl, aioservice, service

live = []


def say(*what):
    print(now() - base, *what, live)


def state(name="a"):
    return aioctl.group().tasks[name + ".service"].state


# Cleans up so long, whatever it is told.
async def run(name, clean_ms):
    live.append(name)
    try:
        await asyncio.sleep(1000)
    finally:
        until = now() + clean_ms
        while now() < until:
            try:
                await asyncio.sleep_ms(until - now())
            except asyncio.CancelledError:
                pass
        live.remove(name)


def put(n, clean_ms):
    service("a", "    stop_ms = 100\n    @aioctl.aiotask\n    async def task(self):\n        await test.run(%d, %d)\n" % (n, clean_ms))


async def begin(n, clean_ms):
    global base
    put(n, clean_ms)
    print(aioservice.load("a"))
    await asyncio.sleep_ms(1)
    base = now()


async def main():
    sys.modules["time"] = Clock()

    # what ends at once is followed at once, by what the file holds now
    await begin(1, 0)
    put(2, 50)
    say(aioservice.unload("a"), aioservice.load("a"))
    await asyncio.sleep_ms(1)
    say(state())

    # what takes its time is waited for
    put(3, 300)
    say(aioservice.unload("a"), aioctl.tasks_match("*"), aioservice.load("a"), state())
    await asyncio.sleep_ms(40)
    say(state())
    await asyncio.sleep_ms(20)
    say(state())

    # deleted by hand it is no other
    aioctl.delete("a")
    say(aioservice.load("a"), state())
    await asyncio.sleep_ms(150)
    say(state(), aioservice.load("a"))
    await asyncio.sleep_ms(200)
    say(state())

    # stuck before it is loaded again
    print(aioservice.unload("a"))
    await asyncio.sleep_ms(150)
    print(aioservice.load("a"))
    await asyncio.sleep_ms(1)
    say(state(), aioservice.load("a"))
    await asyncio.sleep_ms(200)
    say(state())

    # one that was left to itself has ended when it is loaded again
    print(aioservice.unload("a"))
    await asyncio.sleep_ms(400)
    say(aioservice.load("a"))
    await asyncio.sleep_ms(1)
    say(state())

    # what is unloaded while it waits for its former run starts no more
    aioservice.unload("a")
    aioservice.load("a")
    aioservice.unload("a")
    await asyncio.sleep_ms(400)
    say(aioctl.tasks_match("*"))


asyncio.run(main())
