# What the tests of services share: service files in memory, and a clock for dates that stands still.
#
# The files are a file system of their own, so that nothing is left behind and boards without a flash
# run the tests too. A runner that hands a board the test alone has to put this file beside it.

import io
import sys

try:
    import asyncio
    import json
    import os
    import vfs

    import aioctl
    import aioservice
except ImportError:
    print("SKIP")
    raise SystemExit

FOLDER = "aioservices/services/"

HEAD = """
import asyncio
import __main__ as test
import aioctl
from aioclass import Service

class TestService(Service):
    type = "%s"
"""


class Written:
    def __init__(self, write):
        self.write = write

    def flush(self):
        pass

    def close(self):
        pass


class Files:
    def __init__(self):
        self.data = {}  # path -> bytes

    def plain(self, path):
        return path[2:] if path.startswith("./") else path.lstrip("/")

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def chdir(self, path):
        pass

    def stat(self, path):
        path = self.plain(path)
        if path in self.data:
            return (0x8000, 0, 0, 0, 0, 0, len(self.data[path]), 0, 0, 0)
        if any(name.startswith(path + "/") for name in self.data):
            return (0x4000, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        raise OSError(2)

    def ilistdir(self, path):
        self.stat(path)
        start = len(self.plain(path)) + 1
        folder = self.plain(path) + "/"
        return iter([(name[start:], 0x8000, 0) for name in self.data if name[:start] == folder])

    def open(self, path, mode):
        path = self.plain(path)
        if "w" in mode:
            self.data[path] = b""
            return Written(lambda data: self.append(path, data))
        self.stat(path)
        return io.BytesIO(self.data[path]) if "b" in mode else io.StringIO(self.data[path].decode())

    def append(self, path, data):
        self.data[path] += data if isinstance(data, bytes) else bytes(data, "utf-8")
        return len(data)

    def remove(self, path):
        self.stat(path)
        del self.data[self.plain(path)]

    def rename(self, old, new):
        self.stat(old)
        self.data[self.plain(new)] = self.data.pop(self.plain(old))


files = Files()
vfs.mount(files, "/test_services")
os.chdir("/test_services")
if hasattr(aioctl, "color"):
    aioctl.color(False)


# Puts a file.
def file(path, text):
    files.data[path] = text if isinstance(text, bytes) else text.encode()


# Puts NAME_service.py: `body` is what stands in the class. What the file shares with the test is
# `test.NAME` there.
def service(name, body, type="runtime.service"):
    file(FOLDER + name + "_service.py", HEAD % type + body + '\nservice = TestService("%s")\n' % name)


def core(name, body):
    service(name, body, "core.service")


# As json.dumps() has it, but with names in their order: that of a dict is one of hashes, which builds have of different
# sizes.
def in_order(value):
    if not isinstance(value, dict):
        return json.dumps(value)
    return "{%s}" % ", ".join(["%s: %s" % (json.dumps(key), in_order(value[key])) for key in sorted(value)])


# Writes services.config.
def config(**entries):
    file("services.config", in_order(entries))


# Turns of the loop.
async def turns(n=4):
    for _ in range(n):
        await asyncio.sleep_ms(0)


# For dates: 2023-03-16 11:27:11, until it is moved.
class Clock:
    now = 1678966031

    def time(self):
        return self.now

    def localtime(self, at=None):
        at = self.now if at is None else at
        at += 41231 - Clock.now
        return (2023, 3, 16 + at // 86400, at // 3600 % 24, at // 60 % 60, at % 60, 3, 75)

    def mktime(self, date):
        return Clock.now + (date[2] - 16) * 86400 + date[3] * 3600 + date[4] * 60 + date[5] - 41231


# Sets the clock, and waits until a second has just begun: ages are then "0 s" for a second.
def stop_clock():
    clock = sys.modules["time"] = Clock()

    async def nothing():
        pass

    aioctl.add(nothing, name="second")
    record = aioctl.group().tasks["second"]
    since = record.since
    while record.since == since:
        pass
    aioctl.delete("second")
    return clock
