# aioctl.status() of 100 tasks against a loop in Python that prints the same lines.
#
#   status.py time     prints the ratio and the times to stderr: what is compared goes to stdout
#   status.py ours     what aioctl.status() prints
#   status.py python   what the loop prints
import asyncio
import sys
import time
from collections import OrderedDict

import aioctl
from _ratio import compare

TASKS = 100
STATES = ("running", "running", "done", "ERROR")


async def run_on():
    await asyncio.sleep(3600)


async def end():
    return 42


async def fail():
    return 1 // 0


# What a manager in Python would keep of each task.
class Record:
    def __init__(self, kind, at):
        self.state = STATES[kind]
        self.at = at
        self.result = (None, None, 42, ZeroDivisionError("divide by zero"))[kind]


def date(seconds):
    return "%04d-%02d-%02d %02d:%02d:%02d" % time.localtime(seconds)[:6]


def age(seconds):
    if seconds < 60:
        return f"{seconds} s"
    days, seconds = divmod(seconds, 86400)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{days} days, {clock}" if days else clock


def print_status(records):
    now = int(time.time())
    for name, record in records.items():
        state, at = record.state, record.at
        when = f"{date(at)}; {age(now - at)} ago"
        if state == "running":
            print(f"● {name}: status: running since {when}")
        elif state == "ERROR":
            result = record.result
            print(f"● {name}: status: ERROR @ {when} --> result: {type(result).__name__}: {result}")
        else:
            print(f"● {name}: status: {state} @ {when} --> result: {record.result}")


async def main(what):
    aioctl.color(False)
    records = OrderedDict()
    for k in range(TASKS):
        name = f"task{k:02}"
        kind = k % len(STATES)
        aioctl.add((run_on, run_on, end, fail)[kind], name=name)
        records[name] = Record(kind, int(time.time()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    ours, other = aioctl.status, lambda: print_status(records)
    if what == "time":
        ratio, our_ns, other_ns = compare(ours, other)
        print("bench: status_vs_python", ratio, file=sys.stderr)
        print("bench: status_us", our_ns / 1000, file=sys.stderr)
        print("bench: python_status_us", other_ns / 1000, file=sys.stderr)
    else:
        {"ours": ours, "python": other}[what]()


asyncio.run(main(sys.argv[1]))
