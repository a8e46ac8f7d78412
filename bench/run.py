"""Measures build/aioservice (or the file in $AIOSERVICE) and prints name=value lines.

    run.py            measure
    run.py --check    measure, compare with TARGETS, exit with 1 where one is missed

Where time has to stand still, the build for tests is measured: build/aioservice-asan, or $AIOSERVICE_ASAN.
bench/README.md explains each figure. Needs valgrind.
"""

import math
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean, median

BENCH = Path(__file__).resolve().parent
BUILD = BENCH.parent / "build"
BINARY = os.path.abspath(os.environ.get("AIOSERVICE") or BUILD / "aioservice")
TEST_BINARY = os.path.abspath(os.environ.get("AIOSERVICE_ASAN") or BUILD / "aioservice-asan")

# name: the largest value that is good enough
TARGETS = {
    "load_cycle_vs_raw": 1.15,
    "await_cost_vs_raw": 1.02,
    "heap_bytes_per_service": 280,
    "heap_bytes_per_found_service": 296,
    "heap_bytes_import": 1024,
    "boot_growth_exponent": 1.2,
    "log_write_vs_python": 0.5,
    "log_grep_vs_python": 0.1,
    "event_cost_vs_log_line": 1.0,
    "schedule_wakeups_idle": 0,
    "schedule_growth_exponent": 0.3,
    "supervised_step_vs_raw": 1.05,
    "restart_latency_loop_turns": 2,
    "init_growth_exponent": 1.15,
    "stop_growth_exponent": 1.15,
    "settle_chain_growth_exponent": 1.15,
    "settle_star_growth_exponent": 1.15,
    "restart_growth_exponent": 0.2,
    "list_growth_exponent": 1.15,
    "status_growth_exponent": 1.15,
    "tasks_growth_exponent": 1.15,
    "top_growth_exponent": 1.15,
    "worst_turn_start_vs_raw": 10,
    "worst_turn_stop_vs_raw": 10,
}

SERVICE = """\
import asyncio
import aioctl
from aioclass import Service


async def body(self, {parameters}log=None):
{body}

class Bench(Service):
    task = aioctl.aiotask(body)


service = Bench("{name}")
service.body = body  # for the raw side: the same coroutine function
"""

SLEEPS = """\
    while True:
        await asyncio.sleep(1)
"""

TURNS = """\
    for self.turns in range(1, turns + 1):
        await asyncio.sleep(0)
"""

SUPERVISED = """
service.restart = "always"
service.watchdog_ms = 60000
"""

FAILING = """\
import aioctl
from aioclass import Service


class Failing(Service):
    restart = {"policy": "on_failure", "delay_ms": 0, "burst": 100}
    started = []
    failed = []

    @aioctl.aiotask
    async def task(self):
        self.started.append(self.now())
        self.failed.append(self.now())
        raise ValueError("as often as it runs")


service = Failing("failing")
"""

CORE_SERVICE = """\
import aioctl
from aioclass import Service


class Core(Service):
    @aioctl.aiotask
    async def task(self):
        pass


service = Core("{name}")
service.type = "core.service"
service.require = {require}
"""

UNIT = """\
from _units import {kind}

service = {kind}("{name}", {require!r})
"""

LAYER = 10  # core services side by side; each requires REQUIRED of the layer before
REQUIRED = 3


def sleeper(name):
    return SERVICE.format(name=name, parameters="", body=SLEEPS)


def core_services(count):
    services = {}
    for k in range(count):
        layer, place = divmod(k, LAYER)
        before = [(layer - 1) * LAYER + (place + i) % LAYER for i in range(REQUIRED)]
        require = [f"core{j}" for j in before] if layer else []
        services[f"core{k}"] = CORE_SERVICE.format(name=f"core{k}", require=require)
    return services


def units(shape, count):
    """Services of _units.py: in a "chain" each requires the one before, in a "star" all others require the hub, in
    "failing" one fails when it is told to."""
    first, kind = {"star": ("hub", "Unit"), "failing": ("failing", "Failing")}.get(shape, ("s0", "Unit"))
    services = {first: UNIT.format(kind=kind, name=first, require=None)}
    for k in range(1, count):
        require = {"chain": f"s{k - 1}", "star": first}.get(shape)
        services[f"s{k}"] = UNIT.format(kind="Unit", name=f"s{k}", require=require)
    return services


def write_services(folder, services):
    """Writes {name: source} to where aioservice finds them when started in folder."""
    place = Path(folder, "aioservices", "services")
    place.mkdir(parents=True)
    for name, source in services.items():
        (place / f"{name}_service.py").write_text(source)


class TooSlow(Exception):
    pass


# Seconds of the processor's time after which a program that may take for ever is ended, and seconds on the clock.
LIMIT_S = 60
WAIT_S = 1200


def execute(command, folder, stdout=subprocess.PIPE, limited=False):
    """limited: raises TooSlow where it takes longer than LIMIT_S, whatever else the machine does."""
    words = [str(word) for word in command]
    prefix = ["prlimit", f"--cpu={LIMIT_S}"] if limited else []
    wait = WAIT_S if limited else None
    try:
        done = subprocess.run(prefix + words, cwd=folder, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=wait)
    except subprocess.TimeoutExpired:
        raise TooSlow(f"{' '.join(words)}: not done after {WAIT_S} s") from None
    if limited and done.returncode in (-signal.SIGKILL, -signal.SIGXCPU):
        raise TooSlow(f"{' '.join(words)}: not done after {LIMIT_S} s of the processor's time")
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: exit status {done.returncode}\n{done.stdout or ''}{done.stderr}")
    return done


# A heap so large that the collector runs only where a program calls it.
MICROPYTHON = [BINARY, "-X", "heapsize=64M"]


def figures_in(text):
    return {name: float(value) for name, value in re.findall(r"^bench: (\S+) (\S+)$", text, re.M)}


def run(folder, program, *args, limited=False):
    """Runs bench/program in folder; answers what it printed as "bench: NAME VALUE"."""
    return figures_in(execute([*MICROPYTHON, BENCH / program, *args], folder, limited=limited).stdout)


def instructions(folder, program, *args):
    """Runs bench/program in folder; answers how many machine instructions that took."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = execute([*valgrind, *MICROPYTHON, BENCH / program, *args], folder)
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def own_instructions(profile):
    """Reads what callgrind wrote; answers {function: its own instructions, without those of what it calls}."""
    own = Counter()
    lines = iter(profile.splitlines())
    for line in lines:
        if line.startswith("fn="):
            function = line[3:]
        elif line.startswith("calls="):
            next(lines)  # what the function that is called took
        elif re.match(r"\d", line):
            own[function] += int(line.split()[1])
    return own


def inclusive(profile):
    """Reads what callgrind wrote; answers {function: (calls, instructions with those of what it calls)}."""
    found = {}
    lines = iter(profile.splitlines())
    for line in lines:
        if line.startswith("cfn="):
            called = line[4:]
        elif line.startswith("calls="):
            calls, cost = found.get(called, (0, 0))
            found[called] = calls + int(line.split()[0][6:]), cost + int(next(lines).split()[1])
    return found


def profile_of(folder, program, *args):
    """Runs bench/program in folder under callgrind, on build/aioservice; answers what that wrote."""
    with tempfile.NamedTemporaryFile() as file:
        valgrind = ["valgrind", "--tool=callgrind", "--dump-line=no", "--compress-strings=no", "--compress-pos=no"]
        command = [*valgrind, f"--callgrind-out-file={file.name}", *MICROPYTHON, BENCH / program, *args]
        execute(command, folder, limited=True)
        return Path(file.name).read_text()


def instructions_but_gc(folder, program, *args):
    """As instructions(), without MicroPython's allocator and collector, the functions of py/gc.c; raises TooSlow."""
    own = own_instructions(profile_of(folder, program, *args))
    return sum(count for function, count in own.items() if not function.startswith("gc_"))


def instructions_each(folder, program, what, few, many):
    """Instructions of one more turn or cycle: start and end of the program cancel out."""
    return (instructions(folder, program, what, many) - instructions(folder, program, what, few)) / (many - few)


def cycle_figures(folder):
    write_services(folder, {"bench": sleeper("bench")})
    figures = run(folder, "cycle.py", "time")
    service, raw = (instructions_each(folder, "cycle.py", what, 100, 600) for what in ("service", "raw"))
    figures["load_cycle_insn_vs_raw"] = service / raw
    figures["load_cycle_insn"] = service
    figures["raw_cycle_insn"] = raw
    figures.update(run(folder, "cycle.py", "churn"))
    return figures


def turn_figures(folder):
    turner = SERVICE.format(name="turner", parameters="turns, ", body=TURNS)
    plain, guarded = Path(folder, "plain"), Path(folder, "guarded")
    write_services(plain, {"turner": turner})
    write_services(guarded, {"turner": turner + SUPERVISED})
    insn = {name: instructions_each(place, "turn.py", what, 100, 1100) for name, place, what in (
        ("await_insn", plain, "supervised"), ("supervised_step_insn", guarded, "supervised"), ("raw_await_insn", plain, "raw"))}
    raw = insn["raw_await_insn"]
    return {"await_cost_vs_raw": insn["await_insn"] / raw, "supervised_step_vs_raw": insn["supervised_step_insn"] / raw, **insn}


def restart_figures(folder):
    write_services(folder, {"failing": FAILING})
    return run(folder, "restart.py")


def heap_figures(folder):
    # Tables grow in jumps, so a number of services may be lucky or not: of three, the worst counts.
    worst = {}
    for count in (120, 170, 320):
        place = Path(folder, str(count))
        write_services(place, {f"unit{k:03}": sleeper(f"unit{k:03}") for k in range(count)})
        for name, value in run(place, "heap_service.py").items():
            worst[name] = max(value, worst.get(name, 0))
    guarded = Path(folder, "guarded")
    write_services(guarded, {f"unit{k:03}": sleeper(f"unit{k:03}") + SUPERVISED for k in range(170)})
    worst["heap_bytes_per_guarded_service"] = run(guarded, "heap_service.py")["heap_bytes_per_service"]
    found = heap_per_found_service(folder)
    return {**worst, "heap_bytes_per_found_service": found, **run(folder, "heap_import.py")}


def heap_per_found_service(folder):
    def beyond_import(count):
        place = Path(folder, f"found{count}")
        write_services(place, {f"unit{k:03}": sleeper(f"unit{k:03}") for k in range(count)})
        return run(place, "heap_found.py", "found")["heap"] - run(place, "heap_found.py", "import")["heap"]

    # Tables are doubled when they are full: a mean over numbers of services up to the double has its share of that.
    few = 20
    base = beyond_import(few)
    counts = [round(160 * 2 ** (k / 8)) for k in range(8)]
    return mean((beyond_import(count) - base) / (count - few) for count in counts)


def slope(points):
    """Of the straight line nearest to the points, by least squares."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def boot_figures(folder):
    figures = {}
    points = []
    for count in (100, 300, 1000):
        place = Path(folder, str(count))
        write_services(place, core_services(count))
        boot = instructions(place, "boot.py", "boot") - instructions(place, "boot.py", "discover")
        size = count + (count - LAYER) * REQUIRED  # services and requirements
        points.append((math.log(size), math.log(boot)))
        figures[f"boot_insn_per_service_{count}"] = boot / count
    return {"boot_growth_exponent": slope(points), **figures}


GROWTH = (100, 300, 1000)
RESTARTS = 20

# name: (how the services require each other, what growth.py does, what of that is not counted)
GROWING = {
    "init": ("free", ("started",), ("found",)),
    "stop": ("free", ("stopped", "*.service"), ("started",)),
    "settle_chain": ("chain", ("stopped", "s0.service"), ("found",)),
    "settle_star": ("star", ("stopped", "hub.service"), ("found",)),
    "restart": ("failing", ("failed", str(5 + RESTARTS)), ("failed", "5")),
    "list": ("free", ("list",), ("started",)),
    "status": ("free", ("status",), ("started",)),
    "tasks": ("free", ("tasks",), ("started",)),
    "top": ("free", ("top",), ("started",)),
}


def steepest(points):
    """The largest slope from a point to the next; infinite where points are missing."""
    if len(points) < len(GROWTH):
        return math.inf
    return max((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in zip(points, points[1:]))


def growth_run(place, words):
    if words[0] == "stopped":
        run(place, "growth.py", "check", words[1], limited=True)
    return instructions_but_gc(place, "growth.py", *words)


def growth_points(folder):
    """{name: {number of services: instructions}}, without the numbers at which it was too slow."""
    points = {name: {} for name in GROWING}
    slow = set()
    with ThreadPoolExecutor(2) as pool:
        for count in GROWTH:
            growing = {name: GROWING[name] for name in GROWING if name not in slow}
            places = {shape: Path(folder, f"{shape}{count}") for shape, _, _ in growing.values()}
            for shape, place in places.items():
                write_services(place, units(shape, count))
            wanted = dict.fromkeys((shape, words) for shape, *both in growing.values() for words in both)
            runs = {(shape, words): pool.submit(growth_run, places[shape], words) for shape, words in wanted}
            for name, (shape, whole, part) in growing.items():
                try:
                    points[name][count] = runs[shape, whole].result() - runs[shape, part].result()
                except TooSlow as reason:
                    print(reason, file=sys.stderr)
                    slow.add(name)
    return points


def growth_figures(folder):
    figures = {}
    for name, insn in growth_points(folder).items():
        figures[f"{name}_growth_exponent"] = steepest([(math.log(n), math.log(value)) for n, value in insn.items()])
        for n, value in insn.items():
            if name == "restart":
                figures[f"restart_insn_{n}"] = value / RESTARTS
            else:
                figures[f"{name}_insn_per_service_{n}"] = value / n
    return figures


def worst_turn_figures(folder):
    write_services(folder, units("star", 1000))
    try:
        turns = [run(folder, "worst_turn.py", limited=True) for _ in range(5)]
    except TooSlow as reason:
        print(reason, file=sys.stderr)
        return dict.fromkeys(("worst_turn_ms_1000", "worst_turn_start_vs_raw", "worst_turn_stop_vs_raw"), math.inf)
    return {
        "worst_turn_ms_1000": median(max(turn["start"], turn["stop"]) for turn in turns),
        "worst_turn_start_vs_raw": median(turn["start"] / turn["raw_start"] for turn in turns),
        "worst_turn_stop_vs_raw": median(turn["stop"] / turn["raw_stop"] for turn in turns),
        **{f"worst_turn_{name}_ms": median(turn[name] for turn in turns) for name in turns[0]},
    }


def log_figures(folder):
    return {**run(folder, "log.py", "write"), **run(folder, "log.py", "grep")}


def event_figures(folder):
    write_services(folder, {"bench": sleeper("bench")})
    told = inclusive(profile_of(folder, "event.py", "events", "200"))
    events = told["asvc_event_put"][0]
    event = sum(told[name][1] for name in ("asvc_tell_as", "asvc_events_tell")) / events
    calls, cost = inclusive(profile_of(folder, "event.py", "lines", "200"))["mp_stream_write"]
    line = cost / calls
    return {"event_cost_vs_log_line": event / line, "event_insn": event, "log_line_insn": line}


def schedule_idle_figures(folder):
    return figures_in(execute([TEST_BINARY, BENCH / "schedule_idle.py"], folder).stdout)


def schedule_growth_figures(folder):
    counts = (10, 100, 1000, 10000)
    with ThreadPoolExecutor(2) as pool:
        runs = [[pool.submit(instructions, folder, "schedule_fire.py", what, str(n)) for n in counts]
                for what in ("fire", "wait")]
        fired, waited = ([one.result() for one in each] for each in runs)
    each = {n: (fire - wait) / min(n, 100) for n, fire, wait in zip(counts, fired, waited)}
    exponent = slope([(math.log(n), math.log(value)) for n, value in each.items()])
    return {"schedule_growth_exponent": exponent, **{f"schedule_insn_per_job_{n}": each[n] for n in counts}}


def without_digits(text):
    return re.sub(r"\d", "#", text)


def status_figures(folder):
    ours, other = (execute([*MICROPYTHON, BENCH / "status.py", who], folder).stdout for who in ("ours", "python"))
    if without_digits(ours) != without_digits(other):
        sys.exit(f"status.py: aioctl.status() and the loop in Python print different lines\n{ours}{other}")
    # Nobody reads along: the reader's share of the processor would vary.
    done = execute([*MICROPYTHON, BENCH / "status.py", "time"], folder, stdout=subprocess.DEVNULL)
    return figures_in(done.stderr)


MEASURES = (
    cycle_figures,
    turn_figures,
    restart_figures,
    heap_figures,
    boot_figures,
    growth_figures,
    worst_turn_figures,
    log_figures,
    event_figures,
    schedule_idle_figures,
    schedule_growth_figures,
    status_figures,
)


def show(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.3f}"


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    for binary, variable in (BINARY, "AIOSERVICE"), (TEST_BINARY, "AIOSERVICE_ASAN"):
        if not os.access(binary, os.X_OK):
            sys.exit(f"{binary}: not found; `make bench` builds it, or name another in {variable}")
    if shutil.which("valgrind") is None:
        sys.exit("valgrind: not found; it counts the instructions (Debian: apt install valgrind)")
    found = {}
    for measure in MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(folder)
        for name, value in figures.items():
            print(f"{name}={show(value)}", flush=True)
        found.update(figures)
    if check:
        missed = [f"{name} is {show(found[name])}, target {most}" for name, most in TARGETS.items() if found[name] > most]
        for line in missed:
            print(f"missed: {line}", file=sys.stderr)
        sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
