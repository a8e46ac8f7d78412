# Where nothing can be written, reading works on and a change is refused with the reason.

try:
    import os
    import aioctl
    import aioservice

    try:
        import vfs
    except ImportError:
        import os as vfs
    vfs.VfsLfs2, vfs.mount, os.chdir, open
except (ImportError, AttributeError, NameError):
    print("SKIP")
    raise SystemExit

aioctl.color(False)


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


def mount(disk, readonly):
    vfs.mount(vfs.VfsLfs2(disk), "/config_ro", readonly=readonly)
    os.chdir("/config_ro")


def unmount():
    os.chdir("/")
    vfs.umount("/config_ro")


def put(name, data):
    with open(name, "wb") as f:
        f.write(data)


def get(name):
    with open(name, "rb") as f:
        return f.read()


home = os.getcwd()
disk = RamDisk(24)
vfs.VfsLfs2.mkfs(disk)

# a read-only file system
mount(disk, False)
print(aioservice.config("hello", True, 1))
unmount()
mount(disk, True)
print(aioservice.get_config("hello"))
print(aioservice.config("hello", True, 2), aioservice.disable("hello"))
print(aioservice.get_config("hello"), sorted(os.listdir()))
unmount()

# a broken file on it is reported once, and the last good one used each time
mount(disk, False)
put("services.config", b"{")
put("services.config.bak", b'{"good": {"enabled": true}}')
unmount()
mount(disk, True)
print(aioservice.get_config(), aioservice.get_config(), aioservice.get_config("good"))
print(sorted(os.listdir()))
unmount()

# a change that was not finished is used, though it cannot be finished
mount(disk, False)
os.rename("services.config.bak", "services.config.new")
os.remove("services.config")
unmount()
mount(disk, True)
print(aioservice.get_config(), sorted(os.listdir()))
unmount()

# a full disk: refused, the file as it was, nothing left over
mount(disk, False)
print(aioservice.config("hello", True, 1))
before = get("services.config")
print(aioservice.config("big", True, "x" * 256 * 24))
print(get("services.config") == before, "services.config.new" in os.listdir())
print(aioservice.get_config("hello"), aioservice.config("hello", True, 3))
unmount()
os.chdir(home)
