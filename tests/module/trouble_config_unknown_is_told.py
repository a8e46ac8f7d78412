# boot and init tell what services.config has that means nothing, each thing once in a run: on stdout, in the log and as an
# event. verify() says the same.

import _clock
from _services import asyncio, aioctl, aioservice, config, core, file, service

TASK = "    @aioctl.aiotask\n    async def task(self%s):\n        await asyncio.sleep(10)\n"


class Log:
    def warning(self, text):
        print("log:", text)

    def info(self, text):
        pass

    error = debug = info


core("disk", "    @aioctl.aiotask\n    async def task(self):\n        pass\n")
service("pump", TASK % "")
service("fan", TASK % ", watchdog_ms=0")
service("off", TASK % "")
service("well", "    wathcdog_ms = 500\n    restarts = 0\n    watts = 0.5\n    wans = None\n    def requires(self):\n        pass\n" + TASK % "")

service("deep", "    want = 'pump'\n" + TASK % "")

config(
    pmp={"enabled": False},
    fna={"kwargs": {}},
    fan={"enabled": True, "kwargs": {"watchdog_ms": 5}},
    off={"enabled": False, "kwargs": {"watchdog_ms": 5}, "colour": "red"},
    pump={"enabled": True, "kwargs": {"watchdog_ms": 500, "require": [], "restart": False}, "restrat": "always", "schedule": {}},
)


async def main():
    print("- boot")
    await aioservice.boot(debug=False, log=Log())
    print("- init")
    aioservice.init(debug=False)
    print("- events")
    for event in aioservice.events():
        if event["kind"] == "config_unknown":
            print(event["service"], event["text"])
    print("- verify")
    print(aioservice.verify())

    print("- mended, but for one")
    config(gone={"enabled": False, "color": 1})
    aioservice.init(debug=False)
    print("- without services.config")
    aioservice.init(debug=False, config=False)


asyncio.run(main())
