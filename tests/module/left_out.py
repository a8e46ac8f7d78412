# A service that needs a feature which the firmware was built without is not run without it: that is an error.

try:
    import aioctl
    import aioservice
    import _services as t
except ImportError:
    print("SKIP")
    raise SystemExit
if hasattr(aioservice, "boot"):
    print("SKIP")  # this firmware has all features
    raise SystemExit

TASK = """
    @aioctl.aiotask
    async def task(self):
        pass
"""

t.service("restarted", "    restart = 'always'" + TASK)
t.service("watched", "    watchdog_ms = 1000" + TASK)
t.service("requiring", "    require = 'plain'" + TASK)
t.service("in_kwargs", "    kwargs = {'require': ['plain']}" + TASK)
t.service("scheduled", "    schedule = {'repeat': 5}" + TASK)
t.service("hooked", "    def on_stop(self):\n        pass\n" + TASK)
t.service("by_type", TASK, "schedule.service")
t.core("core", "    enabled = True" + TASK)
# a method of that name, and what is not true, ask for nothing
t.service("plain", "    enabled = True\n    stop_ms = 0\n    restart = None\n    def require(self):\n        pass\n" + TASK)

# init loads what is enabled; a core service, which boot would have run, is told
aioservice.init()
print(sorted(aioctl.group().tasks))

for name in ("restarted", "watched", "requiring", "in_kwargs", "scheduled", "hooked", "by_type", "core"):
    print(aioservice.load(name))
print(sorted(aioctl.group().tasks))

# the names are missing
for module, names in (
    (aioservice, ("boot", "enable", "restart", "verify", "top", "failures")),
    (aioctl, ("getenv", "set_log", "color", "debug", "run", "tasks_match")),
):
    print([name for name in names if hasattr(module, name)])
for name in ("aiolog", "aioschedule"):
    try:
        __import__(name)
    except ImportError:
        print("no", name)

# a status line has no dates
aioctl.status()
