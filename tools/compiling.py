"""Compiles files of aioservice one by one and tells what is in the objects. For the tools that look at those."""

import concurrent.futures
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

# Keep the compiler from adding calls and tables of its own.
PLAIN_FLAGS = (
    "-std=gnu99 -Os -Wall -Wextra -Werror -Wfloat-conversion -Wdouble-promotion"
    " -fno-pie -fno-stack-protector -U_FORTIFY_SOURCE"
).split()

NEEDED = set("Uwv")  # nm's letters of what an object needs of others


def plain_command(tree):
    """The compiler (CC, gcc if not set) and flags for plain C11 below the folder `tree`."""
    return [os.environ.get("CC") or "gcc", *PLAIN_FLAGS, f"-I{tree}"]


def micropython_command(port, build, settings):
    """The compiler and its flags, as the makefile in the folder `port` of MicroPython has them with `settings`, a list
    of VARIABLE=VALUE. To be run in that folder; the generated headers are in `build`."""
    rule = "asvc-flags: ; $(info FLAGS $(CC) $(CFLAGS))@:"
    make = ["make", "-C", port, f"BUILD={build}", *settings]
    outer = ("MAKE", "MFLAGS", "MPY", "TOP", "MANIFEST")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    output = subprocess.run(
        [*make, f"--eval={rule}", "asvc-flags"], env=environment, capture_output=True, text=True, check=True
    ).stdout
    return shlex.split(re.search(r"^FLAGS (.*)$", output, re.M)[1])


def compile_all(sources, tree, command, folder, cwd=None):
    """Compiles what is newer than its object, side by side. Answers {source: object} of those that compile, and
    {source: what the compiler said} of those that do not. Objects lie in `folder` as their sources do in `tree`."""
    folder.mkdir(parents=True, exist_ok=True)
    memo = folder / "command"
    if not memo.exists() or memo.read_text() != shlex.join(map(str, command)):
        shutil.rmtree(folder)
        folder.mkdir()
        memo.write_text(shlex.join(map(str, command)))
    targets = {source: folder / source.relative_to(tree).with_suffix(".o") for source in sources}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = pool.map(lambda source: compile_one(source, targets[source], command, cwd), sources)
        problems = {source: text for source, text in zip(sources, said) if text is not None}
    return {source: target for source, target in targets.items() if source not in problems}, problems


def compile_one(source, target, command, cwd):
    """Answers None, or what the compiler says of a source that it does not compile."""
    if is_current(target, cwd):
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    done = subprocess.run(
        [*command, "-MMD", "-c", "-o", target, source],
        cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    return done.stdout if done.returncode != 0 else None


def is_current(target, cwd):
    """Whether the object is there and newer than the files it was made of, which the compiler has listed beside it."""
    listed = target.with_suffix(".d")
    if not target.exists() or not listed.exists():
        return False
    made = target.stat().st_mtime_ns
    names = listed.read_text().replace("\\\n", " ").partition(":")[2].split()
    files = [Path(cwd or ".", name) for name in names]
    return all(file.exists() and file.stat().st_mtime_ns <= made for file in files)


def symbols(objects):
    """{source: [(kind letter of nm, name)]} of {source: object}."""
    found = {source: [] for source in objects}
    if not objects:
        return found
    source_of = {str(target): source for source, target in objects.items()}
    listing = subprocess.run(
        ["nm", "-A", "-P", *objects.values()], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    for line in listing.splitlines():
        target, _, entry = line.partition(": ")
        name, kind = entry.split()[:2]
        found[source_of[target]].append((kind, name))
    return found


def definers(table):
    """{name: source} of what symbols() has found that other files can use: nm has capital letters for that."""
    return {
        name: source
        for source, entries in table.items()
        for kind, name in entries
        if kind.isupper() and kind not in NEEDED
    }
