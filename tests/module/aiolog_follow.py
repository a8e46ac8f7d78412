# follow() prints lines as they are written, without looking when there are none.

import _clock
from _clock import asyncio, now

import aioctl
import aiolog

log = aiolog.AioStream(200)


async def turns(n=4):
    for _ in range(n):
        await asyncio.sleep(0)


async def main():
    log.write("before\n")
    follower = asyncio.create_task(log.follow())
    await turns()
    log.write("one\n")
    log.write("half")
    print("- written")
    await turns()

    # a busy log is looked at once every 50 ms
    log.write(" and half\ntwo\n")
    await turns()
    print("- 50 ms later")
    await asyncio.sleep(0.06)

    # nothing is written: nothing wakes but this test
    await asyncio.sleep(1)
    _clock.wakeups = 0
    await asyncio.sleep(3600)
    print("- wakeups", _clock.wakeups)

    # lines that left before their turn are told
    for i in range(40):
        log.write("line %d\n" % i)
    await turns()
    await asyncio.sleep(1)
    follower.cancel()
    await turns()
    print("- cancelled")
    log.write("to nobody\n")
    await turns()

    # what matches only; another pause; two at a time
    a = asyncio.create_task(log.follow("*[a]*"))
    b = asyncio.create_task(log.follow(["b", "c"], wait=2))
    await turns()
    for text in "x [a] 1", "b 1", "x [a] 2", "d", "c 1":
        log.write(text + "\n")
    await turns()
    log.write("b 2\n")
    log.write("x [a] 3\n")
    await asyncio.sleep(1)
    print("- a second later")
    await asyncio.sleep(1.1)

    a.cancel()
    b.cancel()
    await turns()

    # by aioctl, of the log that is set
    try:
        aioctl.follow()
    except RuntimeError as error:
        print(error)
    aioctl.set_log(log)
    aioctl.add(aioctl.follow, "err", wait=0, name="follow")
    await turns()
    log.write("info\nerror\n")
    await turns()
    aioctl.stop("follow")
    await turns()
    print(aioctl.group().tasks["follow"].state)

    # one awaitable, one waiter
    shared = log.follow()

    async def wait(name):
        try:
            await shared
        except RuntimeError as error:
            print(name, error)

    first = asyncio.create_task(wait("first"))
    second = asyncio.create_task(wait("second"))
    await turns()
    log.write("shared\n")
    await turns()
    first.cancel()
    await turns()

    for wrong in {"wait": -1}, {"wait": "x"}, {"grep": 3}:
        try:
            log.follow(**wrong)
        except (TypeError, ValueError) as error:
            print(error)


asyncio.run(main())
