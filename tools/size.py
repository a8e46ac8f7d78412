#!/usr/bin/env python3
"""Measures what aioservice takes of a board, and prints name=value lines and a table by file.

usage: tools/size.py            measure; name what has grown since the last release   (`make size`)
       tools/size.py --check    the same, and exit with 1 where a figure is above its limit
       tools/size.py --record   the same, and note the figures as those of the last release

docs/boards.md explains each figure. The figures of the last release are in tools/sizes-recorded.txt. Needs the
firmware that `make size` builds, and Debian's qemu-system-arm.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import board_run

TOP = Path(__file__).resolve().parent.parent
BOARDS = TOP / os.environ.get("MPY_BUILD", "build") / "boards"
RECORDED = TOP / "tools/sizes-recorded.txt"
sys.path.insert(0, str(TOP / "bench"))
import run as bench  # noqa: E402

# name: the largest value that is good enough
LIMITS = {
    "flash_bytes_cortex_m3": 84000,
    "ram_static_bytes_cortex_m3": 256,
    "heap_bytes_per_service_32bit": 160,
    "snapshot_heap_bytes_20": 16384,
    "minimal_flash_bytes_cortex_m3": 15000,
}

# As many services as a board has room for. Tables grow in jumps: of these numbers, the worst counts.
SERVICES = (50, 60, 70)

OTHERS = "others"

# Sections that lie in flash.
FLASH = {".text", ".ARM.exidx", ".data"}

PREFIX = {"cortex-m3": "arm-none-eabi-", "rv32": "riscv64-unknown-elf-"}


# ---- firmware with less firmware without ----


def sections(board, kind):
    """(bytes of flash, bytes of RAM that are taken before anything runs)"""
    elf = BOARDS / f"{board}-{kind}.elf"
    words = subprocess.run([PREFIX[board] + "size", elf], capture_output=True, text=True, check=True).stdout.split()
    text, data, bss = map(int, words[6:9])
    return text + data, data + bss


def cost(board, kind="with"):
    return [a - b for a, b in zip(sections(board, kind), sections(board, "without"))]


def flash_figures():
    flash, ram = cost("cortex-m3")
    yield "flash_bytes_cortex_m3", flash
    yield "ram_static_bytes_cortex_m3", ram
    yield "flash_bytes_rv32", cost("rv32")[0]
    yield "minimal_flash_bytes_cortex_m3", cost("cortex-m3", "minimal")[0]


# ---- the heap ----


def on_board(name, count):
    """Runs bench/NAME on the board, with that many services; answers its figures."""
    program = bench.BENCH / name
    with tempfile.TemporaryDirectory() as folder:
        bench.write_services(folder, {f"unit{k:03}": bench.sleeper(f"unit{k:03}") for k in range(count)})
        files = {"aioservices": Path(folder, "aioservices"), name: program}
        status, output = board_run.run("cortex-m3", [name], files, elf=BOARDS / "cortex-m3-with.elf")
    if status != 0:
        sys.exit(f"{name} on cortex-m3 with {count} services: exit status {status}\n{output}")
    return bench.figures_in(output)


def heap_per_service():
    return max(on_board("heap_service.py", count)["heap_bytes_per_service"] for count in SERVICES)


def snapshot_heap():
    return on_board("heap_snapshot.py", 20)["snapshot_heap_bytes_20"]


# ---- the table ----


def flash_by_file(kind):
    """What the linker has put into flash, after leaving out what nobody calls, from its map."""
    build = BOARDS / f"cortex-m3-{kind}"
    text = (build / "firmware.map").read_text()
    text = text[text.index("\nLinker script and memory map") :]
    text = re.sub(r"^( \S+)\n +0x", r"\1 0x", text, flags=re.M)  # long names have a line of their own
    sizes = Counter()
    section = None
    for line in text.splitlines():
        if re.match(r"\.\S+", line):
            section = line.split()[0]
        part = re.match(r" \S+ +0x[0-9a-f]+ +0x([0-9a-f]+) (\S.*)$", line)
        if part and section in FLASH:
            sizes[source_of(part[2], build)] += int(part[1], 16)
    return sizes


def source_of(name, build):
    """The object's name as people know the file."""
    path = Path(name)
    if build in path.parents:
        name = str(path.relative_to(build))
    ours = re.fullmatch(r"aioservice/((?:\w+/)+\w+)\.o", name)
    if ours:
        return f"{ours[1]}.c"
    return {"py/qstr.o": "names for Python", "frozen_content.o": "py/aioservice_repl.py"}.get(name, OTHERS)


def table(kind):
    """Bytes of flash by file; the sum is the figure. Others are libraries, and what texts in common save."""
    rows = flash_by_file(kind)
    rows.subtract(flash_by_file("without"))
    del rows[OTHERS]
    rows = {name: size for name, size in rows.items() if size > 0}
    rows[OTHERS] = cost("cortex-m3", kind)[0] - sum(rows.values())
    return {f"{kind}:{name}": size for name, size in rows.items()}


# ---- what has grown ----


def read_recorded():
    if not RECORDED.exists():
        return {}
    pairs = re.findall(r"^([^#\n]*?)=(-?\d+)$", RECORDED.read_text(), re.M)
    return {name: int(value) for name, value in pairs}


def print_growth(found, recorded):
    if not recorded:
        print("no sizes of a release are recorded")
        return
    grown = [(name, value - recorded.get(name, 0)) for name, value in found.items() if value > recorded.get(name, 0)]
    for name, by in sorted(grown, key=lambda item: -item[1]):
        print(f"grown since the last release: {name} by {by}, from {recorded.get(name, 0)}")
    if not grown:
        print("nothing has grown since the last release")


def record(found):
    lines = [f"{name}={value}" for name, value in found.items()]
    head = "# Sizes of the last release, written by tools/size.py --record. There was none yet: of the day they were noted.\n"
    RECORDED.write_text(head + "\n".join(lines) + "\n")


def show(rows):
    for name, size in sorted(rows.items(), key=lambda item: (-item[1], item[0])):
        print(f"{size:8} {name.split(':')[1]}")


def main():
    option = sys.argv[1] if len(sys.argv) == 2 else None
    if len(sys.argv) > 1 and option not in ("--check", "--record"):
        sys.exit(__doc__)
    figures = dict(flash_figures())
    figures["heap_bytes_per_service_32bit"] = round(heap_per_service())
    figures["snapshot_heap_bytes_20"] = round(snapshot_heap())
    for name, value in figures.items():
        print(f"{name}={value}")
    found = dict(figures)
    for kind, title in ("with", "all features"), ("minimal", "no features"):
        rows = table(kind)
        found.update(rows)
        print(f"\nflash on a Cortex-M3 by file, {title}:")
        show(rows)
    print()
    print_growth(found, read_recorded())
    if option == "--record":
        record(found)
    missed = [f"{name} is {figures[name]}, limit {most}" for name, most in LIMITS.items() if figures[name] > most]
    for line in missed:
        print(f"above its limit: {line}")
    sys.exit(1 if missed and option == "--check" else 0)


if __name__ == "__main__":
    main()
