# The function of on_event() is called with each event when all is done; what it raises is said once and does no harm; what
# it does itself is told, too, and cannot go on for ever. None removes it; what is no function is refused.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

if not hasattr(aioservice, "on_event"):
    print("SKIP")
    raise SystemExit

for name in "a", "b":
    service(
        name,
        """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
""",
    )

seen = []


def note(event):
    record = aioctl.group().tasks.get(event["service"] + ".service")
    seen.append((event["service"], event["kind"], record and record.state))


def raises(event):
    seen.append(event["kind"])
    raise KeyError(event["kind"])


def acts(event):
    seen.append(event["kind"])
    aioservice.reload("b") if event["service"] == "b" else aioservice.load("b")


def unloads(event):
    if event["service"] == "a" and event["kind"] == "loaded":
        aioservice.unload("b")


async def main():
    aioservice.on_event(note)
    aioservice.load("a")
    await asyncio.sleep_ms(5)
    print(seen)
    seen.clear()
    aioservice.on_event(raises)
    aioctl.stop("a.service")
    await asyncio.sleep_ms(5)
    print(seen, aioctl.group().tasks["a.service"].state)
    seen.clear()
    aioservice.quiet()
    aioservice.on_event(acts)
    aioctl.start("a.service")
    print("ends", 1 < len(seen) < 100)
    aioservice.on_event(None)
    seen.clear()
    aioctl.start("a.service")
    await asyncio.sleep_ms(5)
    print("none", seen)
    aioservice.quiet(False)
    aioservice.unload("a")
    await asyncio.sleep_ms(5)
    aioservice.service("b").enabled = True
    aioservice.on_event(unloads)
    aioservice.load("a")
    await asyncio.sleep_ms(5)
    print(sorted(aioservice.service()))
    for wrong in 1, "print":
        try:
            aioservice.on_event(wrong)
        except TypeError as e:
            print(e)


asyncio.run(main())
