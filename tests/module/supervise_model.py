# Every way in which a run can end x restart policy x what its user does in which phase x how long the
# runs are x burst, side by side on one clock, against a model of what the documents say of each.
#
# A service declares when it is ready, cleans up for a while when it is told to end, and ends by itself as its
# case says. Compared are the times of all starts, the last state, the kind of the last result, and how often
# its start limit was hit; and never may two runs of a service be under way.

import gc

import _clock
from _clock import asyncio, now
from _services import FOLDER, aioctl, aioservice, file

from aioclass import Service

aioservice.quiet()  # what is told is not what is tested

if gc.mem_free() < 1000000:  # some hundred services side by side
    print("SKIP")
    raise SystemExit

READY = 20  # it calls ready() so long after its start
CLEANUP = 30  # it takes so long to end where it is told to
HEALTHY = 100
DELAY, DELAY_MAX = 40, 60
OVER = 1003  # when the outcomes are compared
FOR_EVER = 3600000

POLICIES = "never", "on_failure", "always"
BURSTS = 1, 2, 3
# The end and how long it takes until then: before it is ready, a short run, a healthy one. Of a run that is
# never ready, and of one that never feeds its watchdog, the time it is given.
ENDS = [(end, ms) for end in ("returns", "raises", "cancelled", "cleanup raises") for ms in (10, 50, 150)]
ENDS += [("never ends", FOR_EVER)]
ENDS += [("never ready", ms) for ms in (60, 120)] + [("never fed", ms) for ms in (40, 100)]
# What the user does and when; no time is one at which something else happens. A second step finds a service
# that is ending.
ACTIONS = "stop", "start", "restart", "unload"
SCRIPTS = [()]
SCRIPTS += [((at, action),) for at in (5, 35, 75) for action in ACTIONS]
SCRIPTS += [((35, "stop"), (47, action)) for action in ACTIONS]
SCRIPTS += [((35, "restart"), (47, "stop"))]


class Case:
    def __init__(self, policy, end, ms, burst, script):
        self.policy, self.end, self.ms, self.burst, self.script = policy, end, ms, burst, script
        self.starts = []
        self.limits = 0
        self.under_way = 0
        self.doubled = False

    def __repr__(self):
        return "%s, %s after %d, burst %d, %r" % (self.policy, self.end, self.ms, self.burst, self.script)

    # As attributes of a service.
    def put_into(self, service):
        service.case = self
        service.enabled = True
        service.ready_ms = self.ms if self.end == "never ready" else 1000
        service.watchdog_ms = self.ms if self.end == "never fed" else None
        service.restart = {
            "policy": self.policy,
            "delay_ms": DELAY,
            "delay_max_ms": DELAY_MAX,
            "factor": 2,
            "burst": self.burst,
            "healthy_ms": HEALTHY,
            "then": self.limit_hit,
        }

    def limit_hit(self, service):
        self.limits += 1


# ---- the services -----------------------------------------------------------------------------


async def cancel(task):
    task.cancel()


# Whatever it is told meanwhile.
async def clean_up():
    until = now() + CLEANUP
    while now() < until:
        try:
            await asyncio.sleep_ms(until - now())
        except asyncio.CancelledError:
            pass


async def live(service, case):
    if case.end == "never ready":
        await asyncio.sleep_ms(FOR_EVER)
    if case.ms > READY:
        await asyncio.sleep_ms(READY)
        service.ready()
    if case.end == "never fed":
        await asyncio.sleep_ms(FOR_EVER)
    await asyncio.sleep_ms(case.ms - READY if case.ms > READY else case.ms)
    if case.end == "raises":
        raise ValueError("its end")
    if case.end == "cancelled":
        asyncio.create_task(cancel(asyncio.current_task()))
        await asyncio.sleep_ms(FOR_EVER)
    return 7


class Cased(Service):
    @aioctl.aiotask
    async def task(self):
        case = self.case
        case.starts.append(now() - base)
        case.under_way += 1
        case.doubled = case.doubled or case.under_way > 1
        try:
            return await live(self, case)
        except asyncio.CancelledError:
            await clean_up()
            raise
        finally:
            case.under_way -= 1
            if case.end == "cleanup raises":
                raise OSError("in cleanup")


# ---- the model --------------------------------------------------------------------------------


# One service, told what the documents say and nothing of how it is done. Times are looked for from one thing
# that happens to the next.
class Model:
    def __init__(self, case):
        self.case = case
        self.starts = []
        self.limits = 0
        self.short_runs = 0
        self.barred = False  # it has hit its start limit
        self.phases = []
        self.result = None
        self.start(0)

    def start(self, at):
        self.starts.append(at)
        self.state = "starting"
        self.result = None
        self.told = self.again = False
        self.overdue = False  # the manager ends it
        self.ends_at = None  # it cleans up until then

    def is_live(self):
        return self.state in ("starting", "running", "stopping")

    # What happens next by itself: (when, what).
    def next(self):
        case, began = self.case, self.starts[-1]
        if self.state == "waiting":
            return (self.due_at, "due")
        if not self.is_live():
            return (FOR_EVER, None)
        if self.ends_at is not None:
            return (self.ends_at, "end")
        if case.end == "never ready":
            return (began + case.ms, "overdue")
        if self.state == "starting" and case.ms > READY:
            return (began + READY, "up")
        if case.end == "never fed":
            return (began + READY + case.ms, "overdue")
        return (began + case.ms, "cancelled" if case.end == "cancelled" else "end")

    def happen(self, at, what):
        if what == "due":
            self.start(at)
        elif what == "up":
            self.state = "running"
        elif what == "overdue":
            self.overdue = True
            self.state = "stopping"
            self.ends_at = at + CLEANUP
        elif what == "cancelled":
            self.ends_at = at + CLEANUP
        else:
            self.end(at)

    def end(self, at):
        case = self.case
        if case.end == "cleanup raises":
            self.state, self.result = "failed", "OSError"
        elif self.overdue:
            self.state, self.result = "failed", "RuntimeError"
        elif self.ends_at is not None:
            self.state = "stopped"
        elif case.end == "raises":
            self.state, self.result = "failed", "ValueError"
        else:
            self.state, self.result = "done", "int"
        if self.again:
            self.start(at)
        elif not self.told:
            self.restart(at)

    # Restarted by its policy: after a failure, after a clean end; after a cancel never.
    def restart(self, at):
        policy = self.case.policy
        failed = self.state == "failed" and policy != "never"
        if not failed and not (self.state == "done" and policy == "always"):
            return
        short = at - self.starts[-1] < HEALTHY
        self.short_runs = self.short_runs + 1 if short else 0
        if self.short_runs >= self.case.burst:
            self.barred = True
            self.limits += 1
            self.state = "failed"  # for good
            return
        self.state = "waiting"
        self.due_at = at + min(DELAY * 2 ** max(self.short_runs - 1, 0), DELAY_MAX)

    # The user is at it.
    def act(self, at, action):
        self.phases.append((self.state, action))
        if action == "start" or action == "restart":
            self.ask_for_start(at, action == "restart")
        elif action == "stop" or action == "unload":
            if self.is_live():
                self.tell(at)
            elif self.state == "waiting":
                self.state = "stopped"
            if action == "unload":
                self.gone = True

    # A stop is final: nothing that was to come after it comes.
    def tell(self, at):
        self.told = True
        self.again = self.overdue = False
        self.state = "stopping"
        if self.ends_at is None:
            self.ends_at = at + CLEANUP

    def ask_for_start(self, at, anew):
        if self.state in ("starting", "running"):
            if anew:
                self.tell(at)
                self.again = True
        elif self.state == "stopping":
            self.again = True
            self.short_runs = 0
        elif not self.barred:
            self.short_runs = 0  # its user starts it anew
            self.start(at)

    gone = False

    def run(self):
        for at, action in self.case.script + ((OVER, None),):
            when, what = self.next()
            while when < at:
                self.happen(when, what)
                when, what = self.next()
            if action is not None:
                self.act(at, action)
        if self.gone:
            return (self.starts, "gone", None, self.limits)
        return (self.starts, self.state, self.result, self.limits)


# ---- both -------------------------------------------------------------------------------------


def act(name, action):
    if action == "stop":
        aioctl.stop(name + ".service")
    elif action == "start":
        aioctl.start(name + ".service")
    elif action == "restart":
        aioservice.restart(name)
    else:
        aioservice.unload(name)


def outcome(name, case):
    task = aioctl.group().tasks.get(name + ".service")
    if task is None:
        return (case.starts, "gone", None, case.limits)
    result = aioctl.result(name + ".service")
    kind = None if result is None else type(result).__name__
    return (case.starts, task.state, kind, case.limits)


counts = {}
wrong = 0


def compare(name, case):
    global wrong
    model = Model(case)
    expected, got = model.run(), outcome(name, case)
    if got != expected or case.doubled:
        wrong += 1
        if wrong <= 20:
            print("DIFFERENT", case, "two at once" if case.doubled else "")
            print("    expected", expected)
            print("    got     ", got)
    for phase in model.phases or ["no user"]:
        counts[phase] = counts.get(phase, 0) + 1


# The cases of a script. What is unloaded is not found again by init, so its services are used once; and as
# nothing comes after it, one burst will do.
def cases_of(script):
    bursts = (2,) if unloads(script) else BURSTS
    return [Case(p, end, ms, b, script) for p in POLICIES for end, ms in ENDS for b in bursts]


def unloads(script):
    return script != () and script[-1][1] == "unload"


def names_of(script):
    series = "u%d_" % SCRIPTS.index(script) if unloads(script) else "s"
    return ["%s%d" % (series, i) for i in range(len(cases_of(script)))]


async def side_by_side(script):
    global base, n_cases
    cases = dict(zip(names_of(script), cases_of(script)))
    n_cases += len(cases)
    base = now()
    for name, case in cases.items():
        case.put_into(aioservice.service(name))
    aioservice.init(debug=False, config=False, init_schedule=False)
    for at, action in script:
        await asyncio.sleep_ms(base + at - now())
        for name in cases:
            act(name, action)
    await asyncio.sleep_ms(base + OVER - now())
    for name, case in cases.items():
        compare(name, case)
        if name + ".service" in aioctl.group().tasks:
            aioctl.delete(name + ".service")
        loaded = aioservice.service(name)
        if loaded is not None:
            loaded.enabled = False
            loaded.case = loaded.restart = None
    await asyncio.sleep_ms(2 * CLEANUP)


# The class is shared: it makes a service cost little.
FILE = "import __main__ as test\nservice = test.Cased('%s')\n"
n_cases = 0


async def main():
    for script in SCRIPTS:
        for name in names_of(script):
            file(FOLDER + name + "_service.py", FILE % name)
    for script in SCRIPTS:
        await side_by_side(script)
    for phase in sorted(counts, key=str):
        print(phase, counts[phase])
    print(n_cases, "cases,", wrong, "different")


asyncio.run(main())
