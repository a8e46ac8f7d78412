#!/usr/bin/env python3
"""Checks the life of a service in all that can happen to it: spin on tests/model/*.pml.

usage: tools/run_model.py [--table FILE]

The table of transitions in the models is the one of aioservice/core/service.c, printed by
build/service_table. With --table it is read from a file instead, to see what a wrong table does.

Each property (an LTL claim of a model) is one test; so is that every claim named never_... is found wrong,
and that docs/service-states.dot and .svg show the table as it is. The last line is "N passed, N failed".
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(os.environ.get("TOP") or Path(__file__).resolve().parent.parent)
BUILD = TOP / "build/model"
SERVICE_TABLE = TOP / "build/service_table"
PICTURE = TOP / "docs/service-states"
TIMEOUT_S = 20
# Without it, a process that always could go on may stand still for ever.
FAIR = "-f"


def run(command, directory):
    """Answers what it printed. OSError, CalledProcessError, TimeoutExpired: it did not run to its end."""
    done = subprocess.run(
        command,
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    return done.stdout


def build(source, directory, transitions):
    """Makes the checker of a model in a directory of its own."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    shutil.copy(source, directory)
    (directory / "transitions.pml").write_text(transitions)
    run(["spin", "-a", source.name], directory)
    # NFAIR: there are more processes than a checker has room for by default.
    run([os.environ.get("CC") or "gcc", "-w", "-DNFAIR=4", "-o", "pan", "pan.c"], directory)


def errors_of(directory, claim):
    """Answers how many errors the search with one claim ended with: 0 or 1."""
    output = run(["./pan", "-a", FAIR, "-m1000000", "-N", claim], directory)
    found = re.search(r"errors: (\d+)", output)
    if not found or "max search depth too small" in output:
        raise ValueError(f"{claim}: the search did not come to its end\n{output}")
    return int(found[1])


def counterexample(directory, source):
    """The end of what led to the error: each line a step, with what it changed."""
    lines = run(["spin", "-t", "-p", "-g", source.name], directory).splitlines()
    steps = [line for line in lines if not re.search(r"Never claim|\(Time:", line)]
    return "\n".join(steps[-60:])


def check_claim(directory, source, claim):
    """Answers what is wrong, or None."""
    if errors_of(directory, claim):
        return f"{claim} does not hold\n{counterexample(directory, source)}"
    return None


def check_that_it_gets_about(directory, claims):
    held = [claim for claim in claims if not errors_of(directory, claim)]
    return f"held, but must not: {', '.join(held)}" if held else None


def model_tests(source, transitions):
    """Yields (name, function that answers what is wrong or None)."""
    claims = re.findall(r"^ltl (\w+)", source.read_text(), re.M)
    must_fail = [claim for claim in claims if claim.startswith("never_")]
    directory = BUILD / source.stem
    problem = problem_of(build, source, directory, transitions)
    if problem is not None:
        yield f"{source.stem} cannot be built", lambda: problem
        return
    for claim in claims:
        if claim not in must_fail:
            yield f"{source.stem} {claim}", lambda claim=claim: check_claim(directory, source, claim)
    if must_fail:
        yield f"{source.stem} gets about", lambda: check_that_it_gets_about(directory, must_fail)


def arrows_of_dot(text):
    return sorted(re.findall(r"^ *(\w+ -> \w+) \[", text, re.M))


def arrows_of_svg(text):
    titles = re.findall(r"<title>(\w+)&#45;&gt;(\w+)</title>", text)
    return sorted(f"{start} -> {end}" for start, end in titles)


def check_picture():
    dot = run([SERVICE_TABLE, "dot"], TOP)
    if PICTURE.with_suffix(".dot").read_text() != dot:
        return "docs/service-states.dot is not what the table says: make docs"
    if arrows_of_svg(PICTURE.with_suffix(".svg").read_text()) != arrows_of_dot(dot):
        return "docs/service-states.svg has not the arrows of the .dot file: make docs"
    return None


def tests(table=None):
    transitions = Path(table).read_text() if table else run([SERVICE_TABLE, "promela"], TOP)
    for source in sorted((TOP / "tests/model").glob("*.pml")):
        yield from model_tests(source, transitions)
    yield "picture", check_picture


def problem_of(check, *arguments):
    """Answers what check answers; a check that cannot be made is a problem, too."""
    try:
        return check(*arguments)
    except subprocess.CalledProcessError as error:
        return f"{error}\n{error.output}"
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return f"{type(error).__name__}: {error}"


def results(table=None):
    """Runs all tests. Yields (name, what is wrong or None)."""
    for name, check in tests(table):
        yield name, problem_of(check)


def main():
    options = sys.argv[1:]
    if options and (len(options) != 2 or options[0] != "--table"):
        sys.exit(__doc__)
    make = [os.environ.get("MAKE", "make"), "--no-print-directory", "prepare-model"]
    if subprocess.run(make, cwd=TOP, stdin=subprocess.DEVNULL).returncode != 0:
        sys.exit("the models could not be built")
    passed = failed = 0
    for name, problem in results(*options[1:]):
        passed += problem is None
        failed += problem is not None
        print(f"ok   {name}" if problem is None else f"FAIL {name}: {problem}", flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
