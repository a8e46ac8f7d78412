# services.config: a service's options stand beside its kwargs, and are taken for its attributes.

import json

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, config, file, files, service

starts = []



def plain(name, more=""):
    body = """
    %s
    @aioctl.aiotask
    async def task(self, **kwargs):
        await test.run(self, kwargs)
"""
    service(name, body % more)


async def run(service, kwargs):
    starts.append((now() - base, sorted(kwargs)))
    try:
        await asyncio.sleep_ms(40)
    except asyncio.CancelledError:
        print("told to end", now() - base)
        await asyncio.sleep_ms(40)
    raise ValueError("a")


async def case(name, how="init"):
    global base
    starts.clear()
    base = now()
    if how == "init":
        aioservice.init(debug=False)
    else:
        aioservice.load(name, config=how == "config")
    await asyncio.sleep(10)
    task = aioctl.group().tasks[name + ".service"]
    print(name, starts, task.state, repr(aioctl.result(name + ".service")))
    aioctl.delete(name + ".service")
    aioservice.service(name).enabled = False


def only(name, **entry):
    config(**{name: dict(entry, enabled=True)})


async def main():
    for name in "dict", "word", "no", "ready", "watchdog", "stop", "over", "config", "env", "wrong", "kept":
        plain(name, "restart = 'always'" if name in ("no", "over") else "")
    only("dict", restart={"policy": "on_failure", "delay_ms": 50, "burst": 3, "factor": 1}, kwargs={"x": 1})
    await case("dict")
    only("word", restart="on_failure")
    await case("word")
    # the file has the last word
    only("no", restart="never")
    await case("no")
    only("over", restart={"burst": 2, "delay_ms": 10})
    await case("over")
    only("ready", ready_ms=20)
    await case("ready")
    only("watchdog", watchdog_ms=30)
    await case("watchdog")
    only("stop", stop_ms=10, watchdog_ms=30)
    await case("stop")

    # load looks at the file where it is to
    only("config", restart={"burst": 2})
    await case("config", "load")
    await case("config", "config")

    # ${VAR} there as well
    file(".env", "POLICY=on_failure\n")
    only("env", restart={"policy": "${POLICY}", "burst": 2, "delay_ms": 5})
    await case("env")

    # what is wrong is the service's error
    only("wrong", restart="often")
    aioservice.init()
    only("wrong", watchdog_ms="x")
    aioservice.init()

    # config() keeps what it does not know of
    only("kept", restart={"burst": 2}, ready_ms=5)
    print(aioservice.config("kept", True, x=1))
    entry = json.loads(files.data["services.config"])["kept"]
    print(entry["restart"], entry["ready_ms"], entry["kwargs"])
    print(aioservice.disable("kept"), aioservice.get_config("kept")["restart"])


asyncio.run(main())
