"""Measures build/aioservice (or the file in $AIOSERVICE) and prints name=value lines.

    run.py            measure
    run.py --check    measure, compare with TARGETS, exit with 1 where one is missed

bench/README.md explains each figure. Needs valgrind.
"""

import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BENCH = Path(__file__).resolve().parent
BINARY = os.path.abspath(os.environ.get("AIOSERVICE") or BENCH.parent / "build" / "aioservice")

# name: the largest value that is good enough
TARGETS = {
    "load_cycle_vs_raw": 1.15,
    "await_cost_vs_raw": 1.02,
    "heap_bytes_per_service": 300,
    "heap_bytes_import": 1024,
    "boot_growth_exponent": 1.2,
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


def write_services(folder, services):
    """Writes {name: source} to where aioservice finds them when started in folder."""
    place = Path(folder, "aioservices", "services")
    place.mkdir(parents=True)
    for name, source in services.items():
        (place / f"{name}_service.py").write_text(source)


def execute(command, folder):
    done = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done


# A heap so large that the collector runs only where a program calls it.
MICROPYTHON = [BINARY, "-X", "heapsize=64M"]


def run(folder, program, *args):
    """Runs bench/program in folder; answers what it printed as "bench: NAME VALUE"."""
    done = execute([*MICROPYTHON, BENCH / program, *args], folder)
    return {name: float(value) for name, value in re.findall(r"^bench: (\S+) (\S+)$", done.stdout, re.M)}


def instructions(folder, program, *args):
    """Runs bench/program in folder; answers how many machine instructions that took."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = execute([*valgrind, *MICROPYTHON, BENCH / program, *args], folder)
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


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
    write_services(folder, {"turner": SERVICE.format(name="turner", parameters="turns, ", body=TURNS)})
    supervised, raw = (instructions_each(folder, "turn.py", what, 100, 1100) for what in ("supervised", "raw"))
    return {"await_cost_vs_raw": supervised / raw, "await_insn": supervised, "raw_await_insn": raw}


def heap_figures(folder):
    # Tables grow in jumps, so a number of services may be lucky or not: of three, the worst counts.
    worst = {}
    for count in (120, 170, 320):
        place = Path(folder, str(count))
        write_services(place, {f"unit{k:03}": sleeper(f"unit{k:03}") for k in range(count)})
        for name, value in run(place, "heap_service.py").items():
            worst[name] = max(value, worst.get(name, 0))
    return {**worst, **run(folder, "heap_import.py")}


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


def show(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.3f}"


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    if not os.access(BINARY, os.X_OK):
        sys.exit(f"{BINARY}: not found; build it with `make`, or name another in AIOSERVICE")
    if shutil.which("valgrind") is None:
        sys.exit("valgrind: not found; it counts the instructions (Debian: apt install valgrind)")
    found = {}
    for measure in (cycle_figures, turn_figures, heap_figures, boot_figures):
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


main()
