# What the services of the folder have done to them, for counting instructions. Each does what the one before
# does, and one thing more:
#
#   growth.py found
#   growth.py started                    init, until all run
#   growth.py stopped NAME               aioctl.stop(NAME), until all have ended
#   growth.py list|status|tasks|top      after `started`: prints
#   growth.py failed N                   after `started`: the service `failing` fails N times, and is restarted
#   growth.py check NAME                 `stopped NAME`, and looks at the states between
import asyncio
import sys

import aioctl
import aioservice
from _units import seen, turns, until

PRINTS = {"list": aioservice.list, "status": aioservice.status, "tasks": aioctl.status, "top": aioservice.top}


def states():
    return {record.state for name, record in aioctl.group().tasks.items() if name.endswith(".service")}


async def start(count):
    aioservice.init(debug=False)
    await until(lambda: seen.up, count)
    await turns(3)


async def stop(name, count):
    aioctl.stop(name)
    await until(lambda: seen.down, count)
    await turns(3)


async def fail(times):
    service = aioservice.service("failing")
    up = seen.up
    for k in range(1, times + 1):
        service.fail()
        await until(lambda: seen.up, up + k)
    assert seen.failed == times


async def main(what, word=None):
    count = len(aioservice.service())
    if what == "found":
        return
    await start(count)
    if what == "check":
        assert len(aioctl.tasks()) >= count and states() == {"running"}, states()
        await stop(word, count)
        assert states() == {"stopped"}, states()
    elif what == "stopped":
        await stop(word, count)
    elif what == "failed":
        await fail(int(word))
    elif what != "started":
        PRINTS[what]()


asyncio.run(main(*sys.argv[1:]))
