# What events tell, replayed onto an empty table, gives what the snapshot says: docs/reference/events.md has the rules.

from _services import aioservice, json

DEFAULT = {"state": "inactive", "why": None, "wanted": False, "error": None, "restarts": 0, "limit_hit": False}


class Replay:
    def __init__(self):
        self.table = {}  # name -> what is known of the service, with its children and instances
        self.events = []  # the last ones, to be shown
        if hasattr(aioservice, "on_event"):
            aioservice.on_event(self.take)

    def take(self, event):
        self.events = self.events[-12:] + [event]
        name = event["service"]
        if name is None or "state" not in event:
            return
        if name not in self.table:
            if event["state"] == "unloaded":
                return  # its children and instances follow it
            self.table[name] = dict(DEFAULT, below={})
        of = self.table[name]
        below = event.get("child") or event.get("instance")
        if below:
            of = of["below"].setdefault(below, {"error": None})
        if event["state"] == "unloaded":
            (self.table if not below else self.table[name]["below"]).pop(below or name)
            return
        # Also while it waits for its restart, and where it could not be loaded; not where somebody has stopped it.
        failed = event["state"] == "failed" or event["why"] == "restart" or event["kind"] == "refused"
        failed = failed or (event["state"] == "inactive" and event["kind"] != "stopped")
        error = event.get("error")
        if error and event["kind"] == "load_failed" and error["type"] is None:
            error = None  # a sentence about the load
        if not failed or error:
            of["error"] = error if failed else None
        for key in "state", "why", "wanted", "restarts", "limit_hit":
            of[key] = event[key]

    # Says what differs from the snapshot.
    def compare(self, wrong):
        if not hasattr(aioservice, "snapshot") or not hasattr(aioservice, "on_event"):
            return
        names = set()
        for service in aioservice.snapshot()["services"]:
            service = json.loads(json.dumps(service))  # one at a time: boards are small
            names.add(service["name"])
            of = self.table.get(service["name"]) or dict(DEFAULT, below={})
            why = service["why"] and service["why"].split()[0]
            for key in "state", "wanted", "restarts", "limit_hit":
                if service[key] != of[key]:
                    self.differs(wrong, service["name"], key, service[key], of[key])
            if why != of["why"]:
                self.differs(wrong, service["name"], "why", why, of["why"])
            if plain(service["error"]) != plain(of["error"]):
                self.differs(wrong, service["name"], "error", service["error"], of["error"])
            below = {one["name"]: (one["state"], plain(one["error"])) for one in service["children"] + service["instances"]}
            replayed = {name: (one["state"], plain(one["error"])) for name, one in of["below"].items()}
            if below != replayed:
                self.differs(wrong, service["name"], "below", below, replayed)
        for name in self.table:
            if name not in names:
                self.differs(wrong, name, "is in the table")

    def differs(self, wrong, name, *what):
        wrong(name, *what)
        for event in self.events:
            if event["service"] == name:
                print("   ", [event.get(key) for key in ("n", "uptime_ms", "kind", "state", "why", "wanted", "error", "child", "instance", "restarts")])


# Prints what is told in other ways, for tests/scenario/test_random.py to compare.
def print_all():
    print("<<< snapshot")
    print(json.dumps(aioservice.snapshot()))
    for name in "list", "status", "top":
        print("<<<", name)
        getattr(aioservice, name)()
    print("<<< failures")
    print(aioservice.failures(rtn=True))
    print("<<<")


# What was refused for is a text of ours, and names another requirement when that fails, too.
def plain(error):
    return error and (error["type"], error["type"] and error["text"])
