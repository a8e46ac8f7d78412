# What the tests of files share: a folder of their own, and one on a disk in memory.

try:
    import os
    import aioctl
    import aioservice

    os.mkdir, os.chdir, open
except (ImportError, AttributeError, NameError):
    print("SKIP")
    raise SystemExit

if hasattr(aioctl, "color"):
    aioctl.color(False)


def clear():
    for name in os.listdir():
        os.remove(name)


# Makes a folder in the current one, and goes there.
def enter(folder):
    try:
        os.mkdir(folder)
    except OSError as e:
        if e.errno != 17:  # EEXIST: left by a run that was broken off
            print("SKIP")
            raise SystemExit
    os.chdir(folder)
    clear()


def leave(folder):
    clear()
    os.chdir("..")
    os.rmdir(folder)


def put(name, data):
    with open(name, "wb") as f:
        f.write(data)


def get(name):
    with open(name, "rb") as f:
        return f.read()


# The module to mount with, which is `os` in older versions; the test is skipped without a file system
# of that name in it.
def need_vfs(name):
    try:
        import vfs
    except ImportError:
        import os as vfs
    if not hasattr(vfs, name) or not hasattr(vfs, "mount"):
        print("SKIP")
        raise SystemExit
    return vfs


# A block device for VfsLfs2 and VfsFat.
class RamDisk:
    SIZE = 256

    def __init__(self, blocks):
        self.data = bytearray(blocks * self.SIZE)

    def readblocks(self, block, buf, offset=0):
        start = block * self.SIZE + offset
        buf[:] = memoryview(self.data)[start : start + len(buf)]

    def writeblocks(self, block, buf, offset=0):
        start = block * self.SIZE + offset
        self.data[start : start + len(buf)] = buf

    def ioctl(self, op, arg):
        if op == 4:  # number of blocks
            return len(self.data) // self.SIZE
        if op == 5:  # size of a block
            return self.SIZE
        if op == 6:  # erase
            return 0
