# AioStream: what is written, in whatever pieces, is read back as whole lines.
import sys

try:
    from aiolog import AioStream
except ImportError:
    print("SKIP")
    raise SystemExit

log = AioStream(200)

# An empty log has no lines, and cat prints nothing.
print(log.lines())
log.cat()

# write takes str and bytes-like objects, and answers how many bytes it took.
print(log.write("one\n"), log.write(b"two\n"), log.write(bytearray(b"three\n")), log.write(""))
log.cat()

# A line is read when it is complete, not before.
log.write("fo")
log.write("ur")
print(log.lines())
log.write("\nfive\nsix")
print(log.lines())
log.write("\n")

# Empty lines are lines.
log.write("\n\n")
print(log.lines()[-3:])

# Text beyond ASCII survives; write counts its bytes.
print(log.write("température 21 °C → ok\n"))
print(log.lines()[-1])

# Bytes that are no text do not keep the lines from being read.
log.write(b"ok \xff\xfe\n")
print(log.lines()[-1])

# print, with separators and a newline of its own, and flush.
print("printed", 1, [2], file=log)
print("no newline", end="", file=log)
print(" yet", file=log)
log.flush()
print(log.lines()[-2:])

# sys.print_exception writes here as it does to any stream.
try:
    1 / 0
except ZeroDivisionError as exc:
    sys.print_exception(exc, log)
trace = log.lines()
print(trace[-3], "|", trace[-1])

# When the room is used up, the oldest lines leave, whole.
small = AioStream(64)
for i in range(20):
    small.write("line number %d\n" % i)
print(small.lines())

# A line longer than the log is cut and says so; the next line is not affected.
small.write("x" * 100 + "\n")
print(small.lines())
small.write("next\n")
print(small.lines())

# Text is never cut inside a character, whatever the remainder.
for extra in range(4):
    small.write("a" * extra + "é→" * 30 + "\n")
    print([line.encode() for line in small.lines()])


# A subclass may add to write.
class Counting(AioStream):
    def __init__(self, size):
        super().__init__(size)
        self.count = 0

    def write(self, text):
        self.count += 1
        return super().write(text)

counting = Counting(100)
counting.write("counted\n")
counting.cat()
print("printed", file=counting)  # print goes through the stream protocol, not through write
print(counting.lines(), counting.count)


# One that writes before its super().__init__ is told so.
class Hasty(AioStream):
    def __init__(self, use):
        use(self)


for use in (lambda s: s.write("x"), lambda s: s.cat(), lambda s: print("x", file=s)):
    try:
        Hasty(use)
    except AttributeError:
        print("AttributeError")

# A size that makes no sense is refused.
for size in (63, 0, -5, "200", None):
    try:
        AioStream(size)
    except (TypeError, ValueError) as exc:
        print(type(exc).__name__, exc)
print(AioStream(64).write("smallest\n"))

# write of anything else is a TypeError.
try:
    log.write(5)
except TypeError:
    print("TypeError")
