# Mounts the board's disk at /. On the first start it is empty: it is formatted, and the host's files are put
# on it. The disk lives as long as the emulation, so a soft reset finds it as it was.

import host
import os
import vfs


class Disk:
    BLOCK = 512

    def __init__(self, memory):
        self.data = memoryview(memory)

    def readblocks(self, block, buf, offset=0):
        start = block * self.BLOCK + offset
        buf[:] = self.data[start : start + len(buf)]

    def writeblocks(self, block, buf, offset=0):
        start = block * self.BLOCK + offset
        self.data[start : start + len(buf)] = buf

    def ioctl(self, operation, argument):
        if operation == 4:
            return len(self.data) // self.BLOCK
        if operation == 5:
            return self.BLOCK
        return 0


def text(field):
    return field[: field.find(b"\0")].decode()


def write(path, archive, start, size):
    with open(path, "wb") as file:
        for offset in range(0, size, 1024):
            file.write(host.read(archive, start + offset, min(1024, size - offset)))


# A tar archive is a header of 512 bytes for each file and folder, then its contents in blocks of 512.
def unpack(archive):
    at = 0
    while True:
        header = host.read(archive, at, 512)
        name = text(header[:100])
        if not name:
            return
        size = int(text(header[124:136]), 8)
        at += 512
        if header[156:157] == b"5":
            os.mkdir(name.rstrip("/"))
        else:
            write(name, archive, at, size)
        at += (size + 511) // 512 * 512


def start():
    disk = Disk(host.memory())
    try:
        vfs.mount(vfs.VfsLfs2(disk), "/")
    except OSError:
        vfs.VfsLfs2.mkfs(disk)
        vfs.mount(vfs.VfsLfs2(disk), "/")
        archive = host.files()
        if archive:
            unpack(archive)


start()
del host, os, vfs, Disk, text, write, unpack, start
