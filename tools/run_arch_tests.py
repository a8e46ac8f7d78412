#!/usr/bin/env python3
"""Runs the module tests on other architectures.

usage: tools/run_arch_tests.py arch     (called by `make test-arch`, which sets the environment)

tests/module/NAME.py must print what is in NAME.py.exp, with MicroPython's unix port built for each of
    arm       32-bit
    mips      32-bit, big-endian
    s390x     64-bit, big-endian
    nanbox    32-bit x86 with 64-bit objects
and run by qemu. The last line is "N passed, N failed".
"""

import run_tests

EMULATORS = {
    "arm": "qemu-arm-static",
    "mips": "qemu-mips-static",
    "s390x": "qemu-s390x-static",
    "nanbox": "qemu-i386-static",
}

# Byte order, width, and whether a number with a fraction takes memory: it does but in a wide object.
LOOK = """
import gc, sys
def taken():
    gc.collect()
    before = gc.mem_alloc()
    number = len(sys.path) + 0.5
    return gc.mem_alloc() - before
print(sys.byteorder, 64 if sys.maxsize > 1 << 32 else 32, taken() == 0)
"""
LOOKS = {
    "arm": "little 32 False",
    "mips": "big 32 False",
    "s390x": "big 64 False",
    "nanbox": "little 32 True",
}


def run_arches(tally):
    names = run_tests.stageable_tests(tally)
    for arch, emulator in EMULATORS.items():
        starter = write_starter(arch, emulator)
        status, output = run_tests.run([starter, "-c", LOOK])
        if (status, output) != (0, LOOKS[arch] + "\n"):
            tally.fail(f"{arch} is not what it is meant to be, {LOOKS[arch]}", output)
        run_tests.run_module_with(tally, arch, starter, names)


def write_starter(arch, emulator):
    """The runner starts one program by its path, so the emulator and the program are put into one."""
    starter = run_tests.MPY_BUILD / "arch" / f"{arch}.sh"
    starter.write_text(f'#!/bin/sh\nexec {emulator} "{run_tests.MPY_BUILD}/arch/{arch}" "$@"\n')
    starter.chmod(0o755)
    return str(starter)


run_tests.SUITES = {"arch": run_arches}

if __name__ == "__main__":
    run_tests.main()
