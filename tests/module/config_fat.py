# A change replaces its files on FAT too, whose rename does not replace by itself.

from _scratch import aioservice, os, need_vfs

vfs = need_vfs("VfsFat")


class RamDisk:
    SIZE = 512

    def __init__(self, blocks):
        self.data = bytearray(blocks * self.SIZE)

    def readblocks(self, block, buf):
        start = block * self.SIZE
        buf[:] = memoryview(self.data)[start : start + len(buf)]

    def writeblocks(self, block, buf):
        start = block * self.SIZE
        self.data[start : start + len(buf)] = buf

    def ioctl(self, op, arg):
        if op == 4:  # number of blocks
            return len(self.data) // self.SIZE
        if op == 5:  # size of a block
            return self.SIZE


home = os.getcwd()
try:
    disk = RamDisk(50)
    vfs.VfsFat.mkfs(disk)
    vfs.mount(vfs.VfsFat(disk), "/config_fat")
except (AttributeError, MemoryError):
    print("SKIP")
    raise SystemExit
os.chdir("/config_fat")
for n in range(4):
    print(aioservice.config("hello", True, n), aioservice.get_config(), sorted(os.listdir()))
with open("services.config", "w") as f:
    f.write("{")
print(aioservice.get_config(), sorted(os.listdir()))
print(aioservice.disable("hello"), aioservice.get_config(), sorted(os.listdir()))
os.chdir(home)
vfs.umount("/config_fat")
