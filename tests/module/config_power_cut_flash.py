# The power fails at every single write to the flash in a change (littlefs): the next reading finds the
# old or the new configuration, and changes go on from there.

from _scratch import aioservice, os, need_vfs

vfs = need_vfs("VfsLfs2")


# A flash that keeps what it would hold had the power failed in its n-th write or erase, half done.
class Flash:
    SIZE = 256

    def __init__(self, data, n=-1):
        self.data = data
        self.left = n
        self.at_cut = None

    def readblocks(self, block, buf, offset=0):
        start = block * self.SIZE + offset
        buf[:] = memoryview(self.data)[start : start + len(buf)]

    def writeblocks(self, block, buf, offset=0):
        start = block * self.SIZE + offset
        if self.left == 0:
            half = len(buf) // 2
            self.data[start : start + half] = memoryview(buf)[:half]
            self.at_cut = bytearray(self.data)
        self.left -= 1
        self.data[start : start + len(buf)] = buf

    def ioctl(self, op, arg):
        if op == 4:  # number of blocks
            return len(self.data) // self.SIZE
        if op == 5:  # size of a block
            return self.SIZE
        if op == 6:  # erase
            self.writeblocks(arg, b"\xff" * self.SIZE)
            return 0


def mount(flash):
    vfs.mount(vfs.VfsLfs2(flash), "/config_flash")
    os.chdir("/config_flash")


def unmount():
    os.chdir("/")
    vfs.umount("/config_flash")


home = os.getcwd()
try:
    flash = Flash(bytearray(40 * Flash.SIZE))
    vfs.VfsLfs2.mkfs(flash)
    spare = [bytearray(len(flash.data)) for _ in range(3)]
except MemoryError:
    print("SKIP")
    raise SystemExit
del spare
mount(flash)
for n in range(3):
    aioservice.config("hello", True, "old" if n == 2 else n, "more than one block of the flash " * 10)
unmount()

found = []
while True:
    trial = Flash(bytearray(flash.data), len(found))
    mount(trial)
    aioservice.config("hello", True, "new")
    unmount()
    if trial.at_cut is None:
        break
    mount(Flash(trial.at_cut))  # the power is back
    found.append(aioservice.get_config("hello")["args"][0])
    if not aioservice.enable("more") or aioservice.get_config("hello")["args"][0] != found[-1]:
        print("cut in write", len(found), "then a change failed")
    unmount()
os.chdir(home)

# first the old one is found, from some write on the new one, and never anything else
turn = found.index("new")
print(len(found) > 5, turn > 3, found == ["old"] * turn + ["new"] * (len(found) - turn))
