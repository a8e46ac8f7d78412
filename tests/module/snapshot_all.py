# What is true of all services: safe mode, boot, and services.config. status() begins with lines that say so.

from _services import asyncio, aioctl, aioservice, config, core, file, files, json, service, turns

aioservice.quiet()
LONG = """
    %s
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(1000)
"""
for name in "abc":
    service(name, LONG % "enabled = True")
service("safe", LONG % "enabled = safe_mode = True")
service("bad", LONG.replace("await asyncio.sleep(1000)", "1 / 0") % "restart = {'burst': 1, 'then': 'safe_mode'}")
core("first", LONG.replace("await asyncio.sleep(1000)", "await asyncio.sleep_ms(test.ms)") % "")
ms = 0


def show(*keys):
    snapshot = json.loads(json.dumps(aioservice.snapshot()))
    print([snapshot[key] for key in keys])
    return snapshot


def enabled():
    print([(value["name"], value["enabled"]) for value in aioservice.snapshot()["services"]])


async def main():
    global ms
    show("version", "boot", "safe_mode")
    enabled()
    task = asyncio.create_task(aioservice.boot())
    await asyncio.sleep(0)
    show("boot")
    print(await task)
    show("boot")
    ms = "x"
    await aioservice.boot()
    show("boot")
    ms = 100
    task = asyncio.create_task(aioservice.boot())
    await turns()
    task.cancel()
    await turns()
    show("boot")

    aioservice.init()
    await turns()
    aioservice.load("bad")
    await turns(8)
    show("safe_mode")
    aioservice.status()
    aioservice.load("b")
    await turns()
    aioservice.status()
    aioservice.safe_mode(False)
    await turns()
    show("safe_mode")
    aioservice.status("a")
    for name in "abc":
        aioctl.stop(name + ".service")
    aioctl.stop("safe.service")
    await turns()
    aioservice.safe_mode(True)
    aioservice.status()
    aioservice.safe_mode(False)

    # What services.config says counts, also as it was changed.
    aioservice.disable("a")
    aioservice.config("safe", False)
    enabled()
    aioservice.enable("a")
    config(b={"enabled": False})
    aioservice.init()
    enabled()

    file("services.config", '{"a": {"enabled": tru')
    aioservice.get_config()
    snapshot = show()
    print(snapshot["config"]["file"], snapshot["config"]["broken"], snapshot["config"]["unknown"])
    aioservice.status()
    aioservice.enable("a")
    print(aioservice.snapshot()["config"]["broken"])


asyncio.run(main())

# A boot whose loop is gone does not go on.
asyncio.new_event_loop()


async def leaves():
    asyncio.create_task(aioservice.boot())
    await asyncio.sleep(0)
    show("boot")


asyncio.run(leaves())
asyncio.new_event_loop()
show("boot")
