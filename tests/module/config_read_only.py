# Where nothing can be written, reading works on and a change is refused with the reason.

from _scratch import aioservice, os, get, need_vfs, put, RamDisk

vfs = need_vfs("VfsLfs2")


def mount(disk, readonly):
    vfs.mount(vfs.VfsLfs2(disk), "/config_ro", readonly=readonly)
    os.chdir("/config_ro")


def unmount():
    os.chdir("/")
    vfs.umount("/config_ro")


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
