# Status lines, to the letter.

from _services import asyncio, aioctl, stop_clock, turns
from aioclass import Service


class S(Service):
    pass


async def wait(*args):
    await asyncio.sleep(10)


async def value(n):
    return n


async def fail(*args):
    1 / 0


clock = stop_clock()


async def main():
    s = S("s")
    aioctl.add(wait, name="running")
    aioctl.add(wait, name="stopped", on_stop=42)
    aioctl.add(wait, name="stopped none")
    aioctl.add(value, 42, name="done")
    aioctl.add(value, None, name="done none")
    aioctl.add(value, "two words", name="done text")
    aioctl.add(fail, name="failed")
    aioctl.add(fail, name="failed well", on_error=42)
    aioctl.add(wait, s, name="s.service")
    aioctl.add(fail, s, name="s.service.child")
    aioctl.add(fail, s, name="s.service")
    await turns()
    aioctl.stop("stopped*")
    await turns()
    clock.now += 62  # the wall clock was set meanwhile: ages and dates hold
    aioctl.status()
    print("one")
    aioctl.status("running")
    print("pattern")
    aioctl.status("s.*")
    aioctl.status("nothing*")
    print("unknown")
    aioctl.status("unknown")
    print("log= and debug= are taken")
    aioctl.status("done", log=False, debug=False)


asyncio.run(main())
