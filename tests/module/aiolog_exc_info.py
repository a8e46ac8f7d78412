# Logger.exception in an except block finds the exception by itself, where the port has sys.exc_info.
import sys

try:
    from aiolog import AioStream, getLogger

    sys.exc_info
except (ImportError, AttributeError):
    print("SKIP")
    raise SystemExit

ring = AioStream(600)
log = getLogger("service", ring)


def fails():
    raise ValueError("no value")


try:
    fails()
except ValueError:
    log.exception("caught")

lines = ring.lines()
print(lines[0][19:])
print(lines[1])
print(lines[-2].split(", ")[-1])
print(lines[-1])

# Outside of one there is no traceback to write.
ring = AioStream(600)
getLogger("service", ring).exception("nothing caught")
print(len(ring.lines()), ring.lines()[0][19:])
