"""Who uses whom among the C files of aioservice. For the tools that look at that.

A file is what one concept is in: a .c and the .h of the same name beside it. It uses another one if its object needs a
symbol that the other's defines, whatever is included for that, or if it includes the other's header.
"""

import os
import re
import shlex
from pathlib import Path

import compiling

TOP = Path(__file__).resolve().parent.parent
AIOSERVICE = TOP / "aioservice"


class Use:
    """Why one file uses another."""

    def __init__(self):
        self.symbols = set()
        self.includes = []  # (file, line number, what is included)

    def reasons(self):
        """All symbols; or the #includes, if there is no symbol."""
        where = [f'#include "{included}" ({file}:{number})' for file, number, included in self.includes]
        return sorted(self.symbols) or where


class Uses:
    """What `measure` has found. Files are named as in an #include, without .c or .h: "bind/base/say"."""

    def __init__(self):
        self.files = {}  # file: its number of lines
        self.edges = {}  # (user, used): Use
        self.problems = []  # lines about what could not be measured

    def use(self, user, used):
        return self.edges.setdefault((user, used), Use())


def includes(file):
    """Yields (line number, system or own, path) of each #include."""
    for number, line in enumerate(file.read_text().splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*(?:<(.*?)>|"(.*?)")', line)
        if match:
            yield number, match[1], match[2]


def measure(tree, objects, problems):
    """Answers the Uses of all files below `tree`, of which {source: object} and {source: what the compiler said}."""
    uses = Uses()
    for file in sorted(tree.rglob("*.[ch]")):
        name = name_of(file, tree)
        uses.files[name] = uses.files.get(name, 0) + len(file.read_text().splitlines())
    for source, said in problems.items():
        uses.problems.append(f"{tree.name}/{source.relative_to(tree)}: does not compile\n{said}".rstrip())
    add_symbols(uses, tree, objects)
    add_includes(uses, tree)
    return uses


def name_of(file, tree):
    return str(file.relative_to(tree).with_suffix(""))


def add_symbols(uses, tree, objects):
    table = compiling.symbols(objects)
    definer = compiling.definers(table)
    for source, entries in table.items():
        for kind, name in entries:
            if kind in compiling.NEEDED and definer.get(name, source) != source:
                uses.use(name_of(source, tree), name_of(definer[name], tree)).symbols.add(name)


def add_includes(uses, tree):
    for file in sorted(tree.rglob("*.[ch]")):
        user = name_of(file, tree)
        for number, _, own in includes(file):
            used = included_file(file, own, tree) if own else None
            if used and used != user:
                uses.use(user, used).includes.append((f"{tree.name}/{file.relative_to(tree)}", number, own))


def included_file(file, path, tree):
    """The name of the included file, or None if it is not below `tree`."""
    for place in (file.parent / path, tree / path):
        place = Path(os.path.normpath(place))
        if place.exists() and tree in place.parents:
            return name_of(place, tree)
    return None


def of_aioservice():
    """Measures this project: core and manager as plain C, bind with MicroPython's flags, for unix, with all features.
    The environment is that of `make lint`, which has the generated headers made."""
    bind = sorted(AIOSERVICE.glob("bind/**/*.c"))
    plain = [source for source in sorted(AIOSERVICE.rglob("*.c")) if source not in bind]
    objects, problems = compiling.compile_all(
        plain, AIOSERVICE, compiling.plain_command(AIOSERVICE), TOP / "build/lint/plain"
    )
    lint = TOP / os.environ["MPY_BUILD"] / "lint"
    port = f"{os.environ['MPY']}/ports/unix"
    command = compiling.micropython_command(port, lint / "unix", shlex.split(os.environ["UNIX_SETTINGS"]))
    more = compiling.compile_all(bind, AIOSERVICE, command, lint / "bind", cwd=port)
    return measure(AIOSERVICE, objects | more[0], problems | more[1])


def of_plain_tree(tree, folder):
    """Measures a tree that needs no MicroPython; the objects are kept in `folder`."""
    sources = sorted(tree.rglob("*.c"))
    return measure(tree, *compiling.compile_all(sources, tree, compiling.plain_command(tree), folder))
