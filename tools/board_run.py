#!/usr/bin/env python3
"""Runs MicroPython programs on an emulated board.

usage: tools/board_run.py BOARD PROGRAM [FILE...]
       tools/board_run.py BOARD                      the board's prompt; Ctrl-A x leaves it

BOARD is cortex-m3 or rv32; `make build/boards/BOARD.elf` builds its firmware. PROGRAM and further files or
folders are put on the board's disk. The exit status is PROGRAM's: 0 to 255 as given to sys.exit, 1 after an
exception, 255 after a fault of the processor; 124 says that it took too long.

A program sees the same clock and the same instructions each time, so two runs print the same.
"""

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
TIMEOUT_S = 60
TIMED_OUT = 124

MACHINES = {
    "cortex-m3": ["qemu-system-arm", "-machine", "mps2-an385"],
    "rv32": ["qemu-system-riscv32", "-machine", "virt", "-bios", "none"],
}
# Time is counted in instructions, 32 ns each, and a board that sleeps costs no time here.
DETERMINISTIC = ["-icount", "shift=5,sleep=off"]


def firmware(board):
    return TOP / os.environ.get("MPY_BUILD", "build") / "boards" / f"{board}.elf"


def command(board, elf, extra):
    return MACHINES[board] + ["-display", "none", "-kernel", str(elf)] + extra


def write_archive(path, files):
    """files: {name on the board: file or folder here, or bytes}"""
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in files.items():
            if isinstance(content, bytes):
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
            else:
                archive.add(content, name)


def run(board, programs, files, elf=None, timeout=TIMEOUT_S):
    """Runs the programs, names in `files`, with a soft reset between; the first that fails is the last.

    Answers (exit status, output). What the board printed before a timeout is in the output.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_archive(Path(folder) / "files.tar", files)
        host = ["enable=on", "target=native"] + [f"arg={word}" for word in ["files.tar", *programs]]
        extra = ["-monitor", "none", "-serial", "stdio", "-semihosting-config", ",".join(host)]
        try:
            done = subprocess.run(
                command(board, elf or firmware(board), extra + DETERMINISTIC),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=timeout,
            )
            status, output = done.returncode, done.stdout
        except subprocess.TimeoutExpired as expired:
            status, output = TIMED_OUT, (expired.output or b"") + b"\ntimed out\n"
    return status, output.replace(b"\r\n", b"\n").decode(errors="replace")


def prompt_command(board, elf=None):
    return command(board, elf or firmware(board), ["-serial", "mon:stdio", "-semihosting-config", "enable=on"])


def main():
    words = sys.argv[1:]
    if not words or words[0] not in MACHINES:
        sys.exit(__doc__)
    board, *paths = words
    if not firmware(board).exists():
        sys.exit(f"{firmware(board)} is not built: make build/boards/{board}.elf")
    if not paths:
        line = prompt_command(board)
        os.execvp(line[0], line)
    for path in paths:
        if not Path(path).exists():
            sys.exit(f"{path}: there is no such file")
    names = [Path(path).resolve().name for path in paths]
    status, output = run(board, names[:1], dict(zip(names, map(os.path.abspath, paths))))
    sys.stdout.write(output)
    sys.exit(status)


if __name__ == "__main__":
    main()
