# safe_mode() answers None or why; safe_mode(True) enters it, safe_mode(False) leaves it: what it had stopped starts again,
# unless its user has said otherwise since. What had ended by itself does not run again.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "safe_mode"):
    print("SKIP")
    raise SystemExit

RUNS = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
"""
for name in "a", "b":
    service(name, RUNS)
service("net", "\n    safe_mode = True" + RUNS)
service(
    "pump",
    """
    restart = {"policy": "on_failure", "delay_ms": 10, "burst": 1, "then": "safe_mode"}

    @aioctl.aiotask
    async def task(self):
        raise OSError(5)
""",
)
service(
    "once",
    """
    @aioctl.aiotask
    async def task(self):
        print("once")
""",
)


def states():
    print([(name, task.state) for name, task in sorted(aioctl.group().tasks.items())])


async def main():
    for name in "a", "b", "net", "once":
        aioservice.load(name)
    await asyncio.sleep_ms(5)
    print(aioservice.safe_mode())
    print(aioservice.safe_mode(True))
    await asyncio.sleep_ms(5)
    states()
    aioctl.stop("b.service")  # which is the last word
    print(aioservice.safe_mode(False), aioservice.safe_mode())
    await asyncio.sleep_ms(5)
    states()
    aioservice.load("pump")
    await asyncio.sleep_ms(50)
    print(aioservice.safe_mode())
    states()
    aioservice.safe_mode(on=False)
    await asyncio.sleep_ms(50)
    states()
    if hasattr(aioservice, "events"):
        print([e["text"] for e in aioservice.events() if "safe" in e["kind"]])


asyncio.run(main())
