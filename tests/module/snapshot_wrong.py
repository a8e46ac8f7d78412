# Whatever a service holds and does, its snapshot survives JSON: attributes of odd types and properties that raise, results
# and stats() that JSON cannot hold, errors whose texts raise, and one that unloads others while it is asked.

import gc

from _services import asyncio, aioctl, aioservice, json, service, turns

aioservice.quiet()


class Odd:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def __bool__(self):
        raise ValueError("bool")


class Raises:
    def __repr__(self):
        raise KeyError("repr")


class Error(Exception):
    def __str__(self):
        raise KeyError("str")


loop = []
loop.append(loop)
deep = []
for _ in range(40):
    deep = [deep]
nan, inf = float("nan"), float("inf")
results = {
    "float": 2.5,
    "nan": nan,
    "inf": [inf],
    "bytes": b"\x00\xff",
    "set": {1},
    "class": Odd,
    "odd": Odd("odd"),
    "long": Odd("x" * 300),
    "cut": Odd("\u2603" * 100),
    "raises": Raises(),
    "tuple": (1, "two", None),
    "loop": loop,
    "deep": deep,
    "key": {1: 2},
    "nested": {"a": [{"b": (True, -1, 1 << 70)}]},
    "text": 'quo"te\n\x00\u2603',
    "error": ValueError("returned"),
}
TASK = """
    @aioctl.aiotask
    async def task(self):
        return test.results[self.name]
"""
for name in results:
    service(name, TASK)
stats = {
    "sfine": {"n": 1, "x": 2.5, "s": ["a", {"b": None}]},
    "snan": {"t": nan, "n": 1, "l": [inf]},
    "skeys": {1: 2, (3, 4): 5, "k": 6},
    "sodd": {"o": Odd("odd"), "r": Raises(), "deep": deep, "loop": loop},
    "slist": [1, 2],
    "snone": None,
    "sraises": Raises(),
}
STATS = """
    def stats(self):
        return test.stats[self.name] if self.name != "sraises" else 1 / 0
    @aioctl.aiotask
    async def task(self):
        pass
"""
for name in stats:
    service(name, STATS)
service("snot", "    stats = 5" + TASK)
service("sprop", "    @property\n    def stats(self):\n        raise ValueError" + TASK)
PROPERTY = "    @property\n    def %s(self):\n        raise ValueError('%s')\n"
NAMES = "info", "type", "require", "after", "wants", "enabled", "stats", "docs", "schedule"
service("props", "".join(PROPERTY % (name, name) for name in NAMES) + TASK)
service("fails", TASK.replace("return test.results[self.name]", "raise test.Error(1)"))
service("kids", TASK.replace("return test.results[self.name]", "self.add_ctask(aioctl, test.kid, 'k\u2603\"')"))


async def kid(self):
    raise Error(2)


service("types", TASK.replace("return test.results[self.name]", "await asyncio.sleep(9)"))


def get(name):
    return json.loads(json.dumps(aioservice.snapshot(name)))


roomy = gc.mem_free() > 400000  # for the text of all services


async def main():
    for name in list(results) + ["fails", "kids", "types"]:
        aioservice.load(name)
    await turns()
    for name in sorted(results):
        print(name, repr(get(name)["result"]) if name != "deep" else len(get(name)["result"]))
    for name in sorted(stats) + ["snot", "sprop"]:
        got = get(name)["stats"]
        print(name, got and sorted((key, value if key != "deep" else len(value)) for key, value in got.items()))
    print([get("props")[name] for name in ("info", "type", "path", "requires", "after", "wants", "enabled", "stats")])
    print(get("fails")["error"]["text"], [(kid["name"], kid["state"], kid["error"]["text"]) for kid in get("kids")["children"]])

    types = aioservice.service("types")
    for value in (None, 5, b"x", ["a", 1], {"a": nan}, Odd("odd " * 100), Raises(), loop, Error):
        for attribute in NAMES + ("path", "args", "kwargs", "restart", "watchdog_ms", "name"):
            try:
                setattr(types, attribute, value)
            except Exception as error:
                print(attribute, "cannot be set:", type(error))
            if roomy:
                json.loads(json.dumps(aioservice.snapshot()))
            got = get("types")
        print([got[key] if len(str(got[key])) < 40 else len(got[key]) for key in ("name", "info", "type", "path", "enabled", "requires")])

    # One that unloads itself and others while it is asked.
    def unloads():
        aioservice.unload("float")
        aioservice.unload("kids")
        aioservice.unload("types")
        aioservice.unload("types")
        return {"unloaded": 1}

    types.stats = unloads
    names = [value["name"] for value in aioservice.snapshot()["services"]]
    print(names[0], "types" in names, "kids" in names)
    names = [value["name"] for value in aioservice.snapshot()["services"]]
    print(names[0], "types" in names, "kids" in names)


asyncio.run(main())
