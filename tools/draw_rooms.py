#!/usr/bin/env python3
"""Prints a picture of who uses whom, from layer to layer and from room to room, for Graphviz.

usage: tools/draw_rooms.py     (called by `make docs`, which sets the environment)

It shows what tools/check_rooms.py has looked at, and py, whose uses are the names that it has of the modules that bind
makes.
"""

import itertools
import re

import uses as using
from check_rooms import ORDER, RANK, room_of

# What nearly all others use has no arrows to it: they would hide all else. The number is in the user's box.
GROUND = ["bind/base", "core"]

HEAD = """\
// The rooms of aioservice, each with its files and lines; an arrow has the number of symbols that one room uses of
// another; what it uses of base and core is in its box. Red: what must not be. Made by `make docs` of compiled objects.
digraph rooms {
    ranksep=0.5;
    nodesep=0.5;
    node [shape=box, style="rounded,filled", fillcolor=white, fontname="sans-serif", fontsize=12];
    edge [fontname="sans-serif", fontsize=11, color=gray40, arrowsize=0.7];
"""


def counted(number, noun):
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def node(room, files, lines, found):
    ground = [f"{low.removeprefix('bind/')}: {found[room, low]}" for low in GROUND if (room, low) in found]
    label = [room.removeprefix("bind/"), f"{counted(files, 'file')}, {counted(lines, 'line')}", ", ".join(ground)]
    text = "\\n".join(filter(None, label))
    return f'"{room}" [label="{text}"];'


def room_node(room, uses, found):
    files = [file for file in uses.files if room_of(file) == room]
    return node(room, len(files), sum(uses.files[file] for file in files), found)


def arrows(uses):
    """{(user's room, used room): how many symbols}; a symbol counts once for each file that uses it.
    Where a file uses no symbol of another, its #includes of it count."""
    found = {}
    for (user, used), use in sorted(uses.edges.items()):
        rooms = room_of(user), room_of(used)
        if rooms[0] != rooms[1]:
            found[rooms] = found.get(rooms, 0) + len(use.reasons())
    return found


def py_node(found):
    files = list(using.AIOSERVICE.glob("py/*.py"))
    return node("py", len(files), sum(len(file.read_text().splitlines()) for file in files), found)


def py_arrows():
    """The same of py."""
    makers = {}  # module: the room that makes it
    for file in using.AIOSERVICE.glob("bind/*/*.c"):
        for module in re.findall(r"^MP_REGISTER_\w*MODULE\(MP_QSTR_(\w+)", file.read_text(), re.M):
            makers[module] = room_of(using.name_of(file, using.AIOSERVICE))
    found = {}
    for file in using.AIOSERVICE.glob("py/*.py"):
        for module, _ in sorted(set(re.findall(r"\b(\w+)\.(\w+)", file.read_text()))):
            if module in makers:
                edge = "py", makers[module]
                found[edge] = found.get(edge, 0) + 1
    return found


def is_wrong(user, used):
    return RANK.get(user, len(ORDER)) < RANK.get(used, len(ORDER))


def arrow(user, used, count):
    width = 0.6 + count**0.5 / 5
    marks = ", color=red, fontcolor=red, constraint=false" if is_wrong(user, used) else ""
    return f'"{user}" -> "{used}" [label=" {count}", penwidth={width:.1f}{marks}];'


def below(lower, higher):
    return f'"{higher}" -> "{lower}" [style=invis, weight=0];'


def picture(uses):
    rooms = [room for room in reversed(ORDER) if any(room_of(file) == room for file in uses.files)]
    found = {**py_arrows(), **arrows(uses)}
    bind = [room_node(room, uses, found) for room in rooms if "/" in room]
    lines = [py_node(found)]
    lines += ["subgraph cluster_bind {", '    label="bind"; style=rounded;', *(f"    {line}" for line in bind), "}"]
    lines += [room_node(room, uses, found) for room in rooms if "/" not in room]
    lines += [arrow(*use, count) for use, count in found.items() if use[1] not in GROUND or is_wrong(*use)]
    lines += [below(GROUND[0], room) for room in rooms[: rooms.index(GROUND[0])]]
    lines += [below(lower, higher) for higher, lower in itertools.pairwise(rooms[rooms.index(GROUND[0]) :])]
    return HEAD + "".join(f"    {line}\n" for line in lines) + "}\n"


if __name__ == "__main__":
    print(picture(using.of_aioservice()), end="")
