# verify() says what is wrong before anything runs, with the name that was meant.

import _clock
from _services import asyncio, aioctl, aioservice, config, file, service

TASK = """
    @aioctl.aiotask
    async def task(self):
        test.ran.append(self.name)
        await asyncio.sleep(10)
"""
ran = []


def put(name, attributes="", type="runtime.service"):
    service(name, attributes + TASK, type)


put("disk", type="core.service")
put("net", "    require = 'disk'\n    ready_ms = 500\n")
put("web", "    require = ['net']\n    after = 'net'\n    wants = []\n")
print("- all is well")
config(net={"enabled": True}, web={"enabled": True, "restart": "always"}, gone={"enabled": False})
print(aioservice.verify())

print("- services.config")
config(
    net={"enabled": True, "restrat": "always"},
    ntet={"enabled": True},
    web={"enabled": True, "watchdog_ms": "soon", "color": "red"},
    something_else={"enabled": True},
)
print(aioservice.verify())

print("- services")
config()
file("aioservices/services/broken_service.py", "1/0")
put("lost", "    require = ['dsk', 'off', 'nothing_like_it']\n    after = 'wbe'\n    wants = ('net.service', 'nte')\n")
put("core", "    require = 'net'\n", "core.service")
put("odd", "    require = {'net': 1}\n")
put("due", "    schedule = {'start_in': -4}\n")
put("spelled", "    restart = {'policy': 'on_failure', 'brust': 2}\n")
for name, why in (
    ("limit", "restart = {'healthy_ms': 0}"),
    ("hangs", "restart = 'always'; watchdog_ms = 20000"),
    ("never", "restart = 'on_failure'; ready_ms = 10000"),
    ("fine", "restart = 'on_failure'; ready_ms = 9999; watchdog_ms = 9999"),
    ("no_restart", "restart = 'never'; watchdog_ms = 20000"),
):
    put(name, "    %s\n" % why)
put("a", "    require = 'b'\n")
put("b", "    after = 'c'\n")
put("c", "    require = 'a'\n")
put("self", "    require = 'self'\n")
config(off={"enabled": False}, limit={"enabled": True})


async def main():
    # files that came later are found by name
    for name in "broken lost core odd due spelled limit hangs never fine no_restart a self".split():
        aioservice.load(name)
    aioctl.stop("*.service")
    print("-")
    print(aioservice.verify())


asyncio.run(main())
