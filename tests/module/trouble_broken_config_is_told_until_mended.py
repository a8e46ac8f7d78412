# A services.config that was put aside is told by each run of the program, and by each boot, until there is a good one.

import sys
import _clock
from _services import asyncio, aioctl, aioservice, files, file, service

GOOD = '{"pump": {"enabled": true}}'
service("pump", "    @aioctl.aiotask\n    async def task(self):\n        await asyncio.sleep(10)\n")


# A new run of the program: all is forgotten but the files.
def run(what):
    global aioctl, aioservice
    print("-", what)
    for name in list(sys.modules):
        if name != "__main__":
            del sys.modules[name]
    import aioctl
    import aioservice

    aioctl.color(False)  # else a board's lines are coloured


async def boots(n=1):
    for _ in range(n):
        await aioservice.boot()
    print([event["text"] for event in aioservice.events() if event["kind"] == "config_broken"])


def there():
    return sorted(name for name in files.data if name.startswith("services.config"))


file("services.config", GOOD)
asyncio.run(boots())
aioservice.config("pump", True)
run("broken")
file("services.config", "{broken")
print(aioservice.get_config())
aioservice.init(debug=False)
aioservice.list()
asyncio.run(boots(2))
run("still")
asyncio.run(boots())
print(aioservice.verify())
run("edited")
file("services.config", '{"pump": {"enabled": true, "args": []}}')
asyncio.run(boots())

run("broken again")
file("services.config", "[")
asyncio.run(boots())
run("stored")
print(aioservice.enable("pump"), there())
run("and again the same")
print(aioservice.enable("pump"))
asyncio.run(boots())

run("never a good one")
for name in there():
    del files.data[name]
file("services.config", "[")
asyncio.run(boots())
run("still")
asyncio.run(boots())
run("the broken one corrected, not renamed")
file("services.config.bad", GOOD)
asyncio.run(boots())
run("renamed")
files.rename("services.config.bad", "services.config")
asyncio.run(boots())
