# What is wrong in a service's options is said when it is loaded, with the attribute, the value and what was
# expected; nothing is started then, and once it is mended it loads.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

from aioclass import ServiceException

started = 0
CASES = [
    ("restart", ["sometimes", "", "NEVER", "on-failure", 1, 0, 2.5, b"always"]),
    ("policy", ["sometimes", 1, []]),
    ("delay_ms", [-1, "200", 1.5, None, 1 << 30, 1 << 70]),
    ("delay_max_ms", [-1, "200", [], True]),
    ("healthy_ms", [-1, "200", {}]),
    ("factor", [0, 0.5, 101, "2", None, -1, float("nan")]),
    ("burst", [0, -1, 256, 1.5, "5", None]),
    ("then", ["explode", 5, {}, ""]),
    ("delay", [5]),
    ("ready_ms", [-1, "100", 2.5, [], 1 << 30]),
    ("stop_ms", [-1, "100", 2.5]),
    ("watchdog_ms", [-1, "100", 2.5]),
]
IN_RESTART = "policy", "delay_ms", "delay_max_ms", "healthy_ms", "factor", "burst", "then", "delay"

service(
    "a",
    """
    @aioctl.aiotask
    async def task(self):
        test.started += 1
        await asyncio.sleep(1)
""",
)


async def main():
    a = aioservice.service("a")
    for option, values in CASES:
        for value in values:
            a.restart = a.ready_ms = a.stop_ms = a.watchdog_ms = None
            if option in IN_RESTART:
                a.restart = {option: value}
            else:
                setattr(a, option, value)
            print(option, aioservice.load("a"))
    a.restart = {5: 6}
    print(aioservice.load("a"))
    a.restart = None
    print(started, aioctl.tasks_match("*"))

    # it is the cause that status shows and traceback has
    a.watchdog_ms = "often"
    aioservice.load("a")
    aioservice.status("a")
    print(aioservice.traceback("a", rtn=True).split("\n")[-2])
    print(issubclass(ServiceException, RuntimeError))

    # names
    a.watchdog_ms = None
    for option in "require", "after", "wants":
        for value in 5, [5], {"b": 1}, b"b", ["b", None]:
            a.require = a.after = a.wants = None
            setattr(a, option, value)
            print(option, aioservice.load("a"))
    a.require = a.after = a.wants = None

    # the least and the most there may be
    a.restart = {
        "policy": None,
        "delay_ms": 0,
        "delay_max_ms": 0x3FFFFFFF,
        "healthy_ms": 0,
        "factor": 1,
        "burst": 1,
        "then": None,
    }
    a.ready_ms = a.watchdog_ms = a.stop_ms = 0
    print(aioservice.load("a"))
    await asyncio.sleep_ms(1)
    aioctl.stop("a.service")
    await asyncio.sleep_ms(1)
    a.restart = {"policy": "always", "factor": 100.0, "burst": 255, "delay_ms": 0x3FFFFFFF}
    a.ready_ms = a.watchdog_ms = a.stop_ms = 0x3FFFFFFF
    print(aioservice.load("a"))
    await asyncio.sleep_ms(1)
    print(started)


asyncio.run(main())
