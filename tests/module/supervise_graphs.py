# Small graphs, exhausted: every way in which up to four services can require each other, and up to three come
# after each other, with what can be odd about each of them. What they note themselves is held against a slow
# model of what is promised: nothing starts before what it requires is up, nothing that it requires is stopped
# under it, never two runs of one service, and in the end all that can run runs.

import _clock
from _clock import asyncio
from _services import aioctl, aioservice, service

aioservice.quiet()  # what is told is not what is tested

FINE, AT_START, LATER, READY, SLOW = range(5)
# It fails at its first start, or later, and is started again; it takes long to be ready; or to end.

BODY = """
    @aioctl.aiotask
    async def task(self):
        await test.live(self)
"""
ON_FAILURE = {"policy": "on_failure", "delay_ms": 10, "burst": 100}

for i in range(4):
    service("s%d" % i, BODY)
names = ["s%d" % i for i in range(4)]


class Case:
    # edges: (from, to) by node; kind: by node; order: node -> service
    def __init__(self, edges, kind, order, attr="require", for_good=False):
        self.edges = edges
        self.kind = kind
        self.n = len(kind)
        self.order = order
        self.attr = attr
        self.for_good = for_good
        self.up = [False] * self.n
        self.alive = [0] * self.n
        self.failed = [False] * self.n
        self.stopping = False
        self.wrong = []

    def requires(self, node):
        return [b for a, b in self.edges if a == node]

    def check(self, ok, *what):
        if not ok:
            self.wrong.append(what)

    # Whether a node can run: it does not fail for good, and neither does what it requires.
    def can_run(self, node):
        fails = self.for_good and self.kind[node] in (AT_START, LATER)
        return not fails and (self.attr == "after" or all(self.can_run(b) for b in self.requires(node)))

    # What goes when the user stops a node: it, and what requires it, however far.
    def above(self, node):
        found = [node]
        for at in found:
            found += [a for a, b in self.edges if b == at and a not in found and self.attr == "require"]
        return found


async def live(self):
    case, node = self.case, self.node
    first = not case.failed[node]
    fails = case.kind[node] if first or case.for_good else FINE
    case.check(case.alive[node] == 0, "two runs", node)
    case.alive[node] += 1
    for other in case.requires(node):
        lost = case.attr == "after" and not case.can_run(other)
        # what it only comes after may fail again later: that does not hold it up twice
        again = case.attr == "after" and case.failed[other]
        case.check(case.up[other] or lost or again, node, "starts before", other)
    try:
        if fails == AT_START:
            case.failed[node] = True
            raise ValueError(node)
        if case.kind[node] == READY:
            await asyncio.sleep_ms(30)
            case.up[node] = True
            self.ready()
        case.up[node] = True
        if fails == LATER:
            await asyncio.sleep_ms(25)
            case.failed[node] = True
            raise ValueError(node)
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        if case.stopping and case.attr == "require":
            for a, b in case.edges:
                case.check(b != node or not case.alive[a], node, "is told to end before", a)
        raise
    finally:
        case.up[node] = False
        if case.kind[node] == SLOW:
            await asyncio.sleep_ms(20)
        case.alive[node] -= 1


def prepare(case):
    for name in names:
        aioservice.service(name).enabled = False
    for node in range(case.n):
        self = aioservice.service(case.order[node])
        to = [case.order[b] for b in case.requires(node)]
        self.case = case
        self.node = node
        self.enabled = True
        self.restart = None if case.for_good else ON_FAILURE
        self.ready_ms = 1000 if case.kind[node] == READY else None
        self.require = to if case.attr == "require" else None
        self.after = to if case.attr == "after" else None


def state(case, node):
    record = aioctl.group().tasks.get(case.order[node] + ".service")
    return record and record.state


def is_up(case, node):
    return state(case, node) in ("starting", "running", "waiting", "stopping")


def load(case, by_hand):
    if not by_hand:
        aioservice.init(debug=False, config=False, init_schedule=False)
        return
    for node in sorted(range(case.n), key=lambda node: case.order[node]):
        if not is_up(case, node):
            aioservice.load(case.order[node])


async def settle(case, what):
    await asyncio.sleep_ms(400)
    for node in range(case.n):
        wanted = case.can_run(node) and node not in case.stopped
        case.check((state(case, node) == "running") == wanted, what, node, "is", state(case, node))
        case.check(case.alive[node] == wanted, what, node, "lives", case.alive[node])


async def run(case, by_hand):
    case.stopped = []
    prepare(case)
    load(case, by_hand)
    await settle(case, "loaded")
    for node in range(case.n) if not case.for_good else ():
        case.stopping = True
        case.stopped = case.above(node)
        aioctl.stop(case.order[node] + ".service")
        await settle(case, "stopped %d:" % node)
        case.stopping = False
        case.stopped = []
        load(case, by_hand)
        await settle(case, "loaded again:")
    case.stopping = True
    aioctl.stop("s*")
    await asyncio.sleep_ms(200)
    case.check(sum(case.alive) == 0, "not all ended", case.alive)
    aioctl.delete("s*")
    if case.wrong:
        print(case.attr, case.edges, case.kind, case.order, "by hand" if by_hand else "init", case.wrong)
    return not case.wrong


# Edges lead from higher nodes to lower ones: which service is which node is permuted beside.
def graphs(n):
    pairs = [(a, b) for a in range(n) for b in range(a)]
    for bits in range(1 << len(pairs)):
        yield [pair for i, pair in enumerate(pairs) if bits >> i & 1]


# One node that is odd, or none; of up to three all that there are.
def behaviours(n):
    if n <= 3:
        for number in range(5**n):
            yield [number // 5**i % 5 for i in range(n)]
        return
    yield [FINE] * n
    for node in range(n):
        for kind in AT_START, LATER, READY, SLOW:
            yield [kind if i == node else FINE for i in range(n)]


def permutations(found):
    if not found:
        return [[]]
    return [[x] + rest for x in found for rest in permutations([y for y in found if y != x])]


async def exhaust(n, attr="require", for_good=False):
    orders = permutations(names[:n])
    count = good = 0
    for edges in graphs(n):
        for kind in behaviours(n):
            if for_good and not (AT_START in kind and set(kind) == {AT_START, FINE}):
                continue
            by_hand = attr == "require" and count % 2 == 0
            good += await run(Case(edges, kind, orders[count % len(orders)], attr, for_good), by_hand)
            count += 1
    print(attr, "of", n, "for good" if for_good else "", good, "of", count)


async def main():
    for n in range(1, 5):
        await exhaust(n)
    for n in range(2, 4):
        await exhaust(n, "after")
    await exhaust(2, for_good=True)
    await exhaust(3, for_good=True)
    await exhaust(3, "after", for_good=True)


asyncio.run(main())
