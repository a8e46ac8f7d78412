# KeyboardInterrupt and SystemExit in a task are for the loop: they end it, and the record says so.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def raises(exc):
    await asyncio.sleep_ms(0)
    raise exc


async def wait():
    await asyncio.sleep(10)


async def main(exc):
    aioctl.add(wait, name="other")
    aioctl.add(raises, exc, name="t", on_error=lambda *args: print("never printed"))
    await asyncio.sleep(10)
    print("never printed")


for exc in (KeyboardInterrupt(), SystemExit(3)):
    try:
        asyncio.run(main(exc))
    except BaseException as e:
        t = aioctl.group().tasks["t"]
        print(repr(e), e is exc, t.state, aioctl.result("t") is exc)
        print(aioctl.group().tasks["other"].state)
    aioctl.delete("*")
    asyncio.new_event_loop()
