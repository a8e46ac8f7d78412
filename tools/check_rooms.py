#!/usr/bin/env python3
"""Checks that dependencies point down, from layer to layer and from room to room, and that no files form a circle.

usage: tools/check_rooms.py          (called by `make lint`, which sets the environment)
       tools/check_rooms.py TREE     another tree than aioservice/, without MicroPython

Who uses whom is read from compiled objects, symbol by symbol, and from the #includes; tools/uses.py tells how. A circle
is told with one reason for each of its steps. The last line is the number of files in the largest group of
files that all need each other: 1 if there is no circle.
"""

import sys
import tempfile
from collections import deque
from pathlib import Path

import uses as using

# Layers, and the rooms of bind, from the lowest on. Each may use itself and what stands before it.
ORDER = [
    "core",
    "manager",
    "bind/base",
    "bind/task",
    "bind/log",
    "bind/config",
    "bind/service",
    "bind/supervise",
    "bind/look",
    "bind/modules",
]
RANK = {room: rank for rank, room in enumerate(ORDER)}


def room_of(file):
    return file.rpartition("/")[0]


def is_upward(edge):
    user, used = (RANK.get(room_of(file), len(ORDER)) for file in edge)
    return user < used


def misplaced_files(uses):
    for file in uses.files:
        if room_of(file) not in RANK:
            yield f"{file}: lies in no layer or room of {', '.join(ORDER)}"


def upward_uses(uses):
    upward = [edge for edge in uses.edges if is_upward(edge)]
    for user, used in sorted(upward, key=lambda edge: [(RANK.get(room_of(file), -1), file) for file in edge]):
        reasons = ", ".join(uses.edges[user, used].reasons())
        yield f"{user} -> {used}: {room_of(user)} may not use {room_of(used)}: {reasons}"


def used_by(edges):
    """{user: what it uses}, in a fixed order."""
    neighbours = {}
    for user, used in sorted(edges):
        neighbours.setdefault(user, []).append(used)
    return neighbours


def ways_from(start, neighbours):
    """{file that start needs, directly or not: the one before it on a shortest way there}."""
    before = {}
    queue = deque([start])
    while queue:
        file = queue.popleft()
        for used in neighbours.get(file, []):
            if used not in before:
                before[used] = file
                queue.append(used)
    return before


def groups(uses):
    """Lists of files that all need each other, directly or not, the largest first; a file alone is a group of one."""
    neighbours = used_by(uses.edges)
    needs = {file: set(ways_from(file, neighbours)) for file in uses.files}
    found = {tuple(sorted({file} | {other for other in needs[file] if file in needs[other]})) for file in uses.files}
    return sorted(found, key=lambda group: (-len(group), group))


def shortest_circle(edges):
    """A list of edges that lead from a file back to it, or None."""
    neighbours = used_by(edges)
    best = None
    for start in neighbours:
        before = ways_from(start, neighbours)
        if start not in before:
            continue
        circle = [(before[start], start)]
        while circle[0][0] != start:
            circle.insert(0, (before[circle[0][0]], circle[0][0]))
        if best is None or len(circle) < len(best):
            best = circle
    return best


def circles(uses):
    """Yields circles, the shortest first. None has the edge of an earlier one that is likely to be the wrong one: that
    goes upward, or has the fewest symbols. Without those edges there is no circle."""
    edges = set(uses.edges)
    while circle := shortest_circle(edges):
        yield circle
        edges.remove(min(circle, key=lambda edge: (not is_upward(edge), len(uses.edges[edge].symbols), edge)))


def step(uses, user, used):
    first, *more = uses.edges[user, used].reasons()
    return f"{user} -> {used}: {first}{f' and {len(more)} more' if more else ''}"


def findings(uses):
    yield from uses.problems
    yield from misplaced_files(uses)
    yield from upward_uses(uses)
    for circle in circles(uses):
        yield "\n    ".join([f"a circle of {len(circle)} files:", *(step(uses, *edge) for edge in circle)])
    for group in groups(uses):
        if len(group) > 1:
            yield f"{len(group)} files that need each other: {', '.join(group)}"


def measured(arguments):
    if not arguments:
        return using.of_aioservice()
    with tempfile.TemporaryDirectory() as folder:
        return using.of_plain_tree(Path(arguments[0]).resolve(), Path(folder))


def main():
    uses = measured(sys.argv[1:])
    problems = list(findings(uses))
    print("".join(f"{problem}\n" for problem in problems), end="")
    print(f"largest group of files that need each other: {max(map(len, groups(uses)), default=0)}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
