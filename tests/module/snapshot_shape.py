# aioservice.snapshot() is a dict of plain types with the keys that docs/reference/snapshot.md names, and survives JSON.

from _services import asyncio, aioctl, aioservice, config, json, service, turns

aioservice.quiet()

ALL = {
    "version": str,
    "micropython": str,
    "uptime_ms": int,
    "time": int,
    "heap_free": int,
    "safe_mode": str,
    "boot": str,
    "last_reset": str,
    "config": dict,
    "services": list,
}
CONFIG = {"file": str, "broken": str, "unknown": list}
SERVICE = {
    "name": str,
    "type": str,
    "path": str,
    "info": str,
    "state": str,
    "why": str,
    "since": int,
    "running_ms": int,
    "enabled": bool,
    "wanted": bool,
    "result": object,
    "error": dict,
    "restarts": int,
    "short_runs": int,
    "limit_hit": bool,
    "next_ms": int,
    "watchdog_left_ms": int,
    "steps": int,
    "cpu_ms": int,
    "longest_ms": int,
    "requires": list,
    "after": list,
    "wants": list,
    "children": list,
    "instances": list,
    "stats": dict,
    "traceback": str,
}
BELOW = {"name": str, "state": str, "error": dict}
ERROR = {"type": str, "text": str, "where": str}
MAYBE_NONE = set("time heap_free safe_mode boot last_reset config broken why since running_ms result error next_ms".split())
MAYBE_NONE |= set("watchdog_left_ms stats type where traceback".split())


ORDER = """
version micropython uptime_ms time heap_free safe_mode boot last_reset config services

name type path info state why since running_ms enabled wanted result error restarts short_runs limit_hit next_ms
watchdog_left_ms steps cpu_ms longest_ms requires after wants children instances stats
"""
ALL_KEYS, SERVICE_KEYS = [keys.split() for keys in ORDER.split("\n\n")]


# Says what differs from the keys in their order, and from their types.
def check(what, value, keys, kinds):
    if list(value) != keys:
        print(what, list(value))
    for key in keys:
        kind = kinds[key]
        if value[key] is None:
            if key not in MAYBE_NONE:
                print(what, key, "is None")
        elif not isinstance(value[key], kind) or (kind is int and isinstance(value[key], bool)):
            print(what, key, value[key])


def check_service(value, more=""):
    check("service", value, SERVICE_KEYS + more.split(), SERVICE)
    for below in value["children"] + value["instances"]:
        check("below", below, ["name", "state", "error"], BELOW)
    for error in [value["error"]] + [below["error"] for below in value["children"] + value["instances"]]:
        if error is not None:
            check("error", error, ["type", "text", "where"], ERROR)


def check_all():
    snapshot = aioservice.snapshot()
    check("all", snapshot, ALL_KEYS, ALL)
    if snapshot["config"] is not None:
        check("config", snapshot["config"], ["file", "broken", "unknown"], CONFIG)
    for value in snapshot["services"]:
        check_service(value)
        alone = aioservice.snapshot(value["name"])
        check_service(alone, "traceback")
    if json.loads(json.dumps(snapshot)) != snapshot:
        print("JSON", snapshot)
    return snapshot["services"]


TASK = """
    @aioctl.aiotask
    async def task(self):
        %s
"""
service("a", "    info = 'the first'\n    def stats(self):\n        return {'n': 1, 'x': [2.5, None]}\n" + TASK % "await asyncio.sleep(9)")
service("b", "    require = 'a'\n    after = ['a']\n    wants = 'c'" + TASK % "return 42")
service("c", TASK % "raise ValueError('ups')")
service("d", TASK % "self.add_ctask(aioctl, test.kid, 'kid')\n        await asyncio.sleep(9)")
service("e", TASK % "pass")
config(e={"enabled": True})


async def kid(self):
    raise RuntimeError("kid ups")


async def main():
    check_all()
    for name in "cdba":
        aioservice.load(name)
    await turns()
    services = check_all()
    print([value["name"] for value in services])
    aioservice.list()
    by_name = {value["name"]: value for value in services}
    print([by_name["b"][key] for key in ("requires", "after", "wants", "state", "result", "enabled")])
    print([by_name["a"][key] for key in ("info", "type", "path", "stats", "state", "result", "enabled")])
    print(by_name["e"]["enabled"], by_name["e"]["state"])
    print(by_name["d"]["children"][0]["name"], by_name["d"]["children"][0]["error"]["text"])

    # One alone has its traceback, too, as traceback() has it.
    alone = aioservice.snapshot("c.service")
    print(alone["traceback"] == aioservice.traceback("c", rtn=True), alone["error"]["type"], alone["error"]["text"])
    print(alone["result"], alone["error"]["where"].split("/")[-1])
    print(aioservice.snapshot("a")["traceback"], aioservice.snapshot(name="nobody"))
    try:
        aioservice.snapshot(5)
    except TypeError as error:
        print("TypeError:", error)


asyncio.run(main())
