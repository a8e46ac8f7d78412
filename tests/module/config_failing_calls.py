# Each single call to the file system may fail in a change: the answer is then False and the old
# configuration holds, or True and the new one does.

from _scratch import aioservice, os, need_vfs, RamDisk

vfs = need_vfs("VfsLfs2")


# A file system whose n-th call fails, and whose rename replaces nothing.
class Failing:
    def __init__(self, disk):
        self.fs = vfs.VfsLfs2(disk)
        self.left = -1

    def count(self):
        self.left -= 1
        if self.left == -1:
            raise OSError(5)  # EIO

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def chdir(self, path):
        pass

    def open(self, path, mode):
        self.count()
        return File(self, self.fs.open(path, mode))

    def remove(self, path):
        self.count()
        self.fs.remove(path)

    def rename(self, old, new):
        self.count()
        self.fs.stat(old)
        try:
            self.fs.stat(new)
        except OSError:
            self.fs.rename(old, new)
            return
        raise OSError(17)  # EEXIST


class File:
    def __init__(self, fs, file):
        self.fs = fs
        self.file = file

    def read(self):
        self.fs.count()
        return self.file.read()

    def write(self, data):
        self.fs.count()
        return self.file.write(data)

    def flush(self):
        self.fs.count()
        self.file.flush()

    def close(self):
        self.file.close()
        self.fs.count()


home = os.getcwd()
disk = RamDisk(24)
vfs.VfsLfs2.mkfs(disk)
fs = Failing(disk)
try:
    vfs.mount(fs, "/config_failing")
    os.chdir("/config_failing")
    print(aioservice.config("first", True))
except OSError:
    print("SKIP")
    raise SystemExit

turn = 0
while True:
    turn += 1
    fs.left = turn
    stored = aioservice.config("turn", True, turn)
    reached = fs.left < 0
    fs.left = -1
    entry = aioservice.get_config("turn")
    kept = [turn] if stored else [turn - 1]
    if not stored and turn == 1:
        print("first try:", entry)
    elif entry["args"] != kept:
        print("try", turn, "answered", stored, "and left", entry)
    if not stored:
        aioservice.config("turn", True, turn)
    if not reached:
        break
print(aioservice.get_config("first"), turn > 8)
os.chdir(home)
vfs.umount("/config_failing")
