# aiolog.AioStream against a ring of lines in Python.
#
#   log.py write    a line of 60 bytes written
#   log.py grep     the lines that match a pattern, found in a full stream
import io
import re
import sys

from _ratio import compare
from aiolog import AioStream

SIZE = 2000  # as streamlog has
WRITES = 10000
GREPS = 50
NAMES = ("hello", "world", "thermo", "report", "network")
PATTERN = "*[thermo.service]*"


# Keeps the latest lines in a StringIO of a fixed size. A line that does not fit behind the one before goes to
# the beginning, over the oldest.
class PyStream:
    def __init__(self, size):
        self.size = size
        self.text = io.StringIO(size)  # MicroPython: so many bytes from the start
        self.end = 0  # where the text of the round before ends

    def write(self, line):
        text = self.text
        at = text.tell()
        if at + len(line) > self.size:
            if len(line) > self.size:
                line = line[: self.size - 10] + "...[cut]\n"
            self.end = at
            text.seek(0)
        return text.write(line)

    def lines(self, grep):
        at = self.text.tell()
        text = self.text.getvalue()
        oldest = text[at : self.end]
        oldest = oldest[oldest.find("\n") + 1 :]  # what is left of a line that was written over
        match = re.compile(to_regex(grep)).match
        return [line for line in (oldest + text[:at]).split("\n") if line and match(line)]


def to_regex(grep):
    for special in "\\.[](){}^$+?|":
        grep = grep.replace(special, "\\" + special)
    return grep.replace("*", ".*") + "$"


def line_of(k):
    line = f"2023-03-16 00:00:{k % 60:02} [{NAMES[k % len(NAMES)]}.service] [INFO] "
    return line + "." * (59 - len(line)) + "\n"


def fill(stream):
    for k in range(200):
        stream.write(line_of(k))
    return stream


def writer(stream):
    line = line_of(7)
    assert len(line) == 60

    def act():
        write = stream.write
        for _ in range(WRITES):
            write(line)

    return act


def finder(stream):
    def act():
        for _ in range(GREPS):
            stream.lines(PATTERN)

    return act


def main(what):
    ours, other = fill(AioStream(SIZE)), fill(PyStream(SIZE))
    # Do both keep and find the same? The one in Python loses the room at its end, and a line it wrote into.
    found, expected = ours.lines(PATTERN), other.lines(PATTERN)
    assert len(expected) > 4 and found[-len(expected) :] == expected and len(found) <= len(expected) + 1
    make, times = {"write": (writer, WRITES), "grep": (finder, GREPS)}[what]
    ratio, our_ns, other_ns = compare(make(ours), make(other))
    print(f"bench: log_{what}_vs_python", ratio)
    print(f"bench: log_{what}_us", our_ns / times / 1000)
    print(f"bench: python_log_{what}_us", other_ns / times / 1000)


main(sys.argv[1])
