# AioStream as a file that is read: readline, iteration, tell and seek, at a place that stays right when lines
# leave.
try:
    from aiolog import AioStream
except ImportError:
    print("SKIP")
    raise SystemExit

log = AioStream(100)

# An empty log has nothing to read.
print(log.tell(), repr(log.readline()), list(log))

# The place is the end while nobody reads, as in a file that is written to.
log.write("one\ntwo\n")
print(log.tell(), repr(log.readline()))

# From the start, line by line, each with its newline; then nothing, until seek.
print(log.seek(0), repr(log.readline()), log.tell())
print(repr(log.readline()), repr(log.readline()))
log.seek(0)
print(list(log), list(log))

# What was written since a place was taken down.
mark = log.tell()
log.write("three\nfour\nfi")
log.seek(mark)
print(list(log))
log.write("ve\n")
log.seek(mark)
print(list(log))

# A line that is not complete is not read, and the place is before it.
log.write("no end")
print(log.tell() == log.seek(log.tell()), repr(log.readline()))
log.write("\n")
print(log.seek(1000) == log.tell(), repr(log.readline()))

# Who writes does not disturb who reads.
log.seek(mark)
print(repr(log.readline()))
log.write("while reading\n")
print(list(log)[-1:])

# A position within a line means the next line; one before the start, the start.
log.seek(1)
print(repr(log.readline()))
log.seek(-5)
print(repr(log.readline()))

# Lines that left are passed over: the place goes on with the oldest that is there.
log.seek(mark)
for i in range(30):
    log.write("line %02d\n" % i)
print(repr(log.readline()), log.tell() > mark)
log.seek(mark)
print(repr(log.readline()))

# Positions go on counting, and survive a cut line.
log.write("x" * 200 + "\n")
end = log.tell()
log.write("after\n")
log.seek(end)
print(list(log))

# Text beyond ASCII, text that is none, and an iteration within an iteration.
log.seek(log.tell())
mark = log.tell()
log.write("é→\n")
log.write(b"\xff!\n")
log.write("3\n4\n")
log.seek(mark)
for line in log:
    print(line.encode(), repr(log.readline()))


# A subclass has all this.
class Mine(AioStream):
    pass


mine = Mine(100)
mine.write("a\nb\n")
mine.seek(0)
print(mine.readline(), list(mine), mine.tell())

for wrong in ("0", None, 1.5):
    try:
        log.seek(wrong)
    except TypeError:
        print("TypeError")

# cat and lines have a place of their own.
mine.seek(0)
mine.cat()
print(mine.lines(), repr(mine.readline()))
