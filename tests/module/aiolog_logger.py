# Logger: lines of one format, by level, to any stream.
try:
    import aiolog
    from aiolog import AioStream, Logger, getLogger
except ImportError:
    print("SKIP")
    raise SystemExit


class Capture:
    # Shows each write as it comes, less its date.
    def write(self, text):
        date = text[:19]
        line = text[19:]
        plain = len(line) == len(line.encode())  # how a repr shows other text depends on MicroPython's version
        print(len(date) == 19 and date[4] == date[7] == "-" and date[13] == date[16] == ":", repr(line if plain else line.encode()))


out = Capture()
log = getLogger("hello", out)

# One Logger per name; without a name it is "root".
print(isinstance(log, Logger), getLogger("hello") is log, getLogger("other") is log)
print(getLogger() is getLogger("root"), getLogger(None) is getLogger(name="root"))
print(log.name, log.level, log)

# Each line is one write: date, name, level, text. INFO is the level to begin with.
log.debug("not shown")
log.info("info")
log.warning("warning")
log.error("error")
log.critical("critical")
log.log(aiolog.INFO, "by level")
log.log("ERROR", "by level's name")
log.log(25, "between the levels")

# Arguments are put in with %.
log.info("%s has %d", "pin", 5)
log.info("%s", (1, 2))
log.info("%s", [1, 2])
log.info("%(a)s-%(b)s", {"a": 1, "b": 2})
log.info("100%")

# Any object can be logged.
log.info(42)
log.info(None)
log.info(ValueError("text"))
log.info(42, 1)

# What cannot be formatted is logged all the same, and says so.
log.info("%d items", "five")
log.info("%s and %s", 1)
log.info("none", 1)


class Broken:
    def __str__(self):
        raise RuntimeError("broken")


log.info(Broken())
log.info("%s", Broken())

# Levels as numbers and as names.
log.setLevel("DEBUG")
log.debug("now shown")
print(log.level, log.getEffectiveLevel(), log.isEnabledFor(aiolog.DEBUG))
log.setLevel(aiolog.ERROR)
log.warning("not shown")
print(log.isEnabledFor("WARNING"), log.isEnabledFor("ERROR"), log)
log.level = 25
log.info("not shown")
print(log)
log.setLevel(aiolog.NOTSET)
log.log(1, "all is shown")

# A level that is off formats nothing.
log.setLevel("INFO")
log.debug("%s", Broken())

# An unknown level and a wrong type are refused by name.
for level in ("LOUD", None):
    try:
        log.setLevel(level)
    except (ValueError, TypeError) as exc:
        print(type(exc).__name__, exc)

# exception: an ERROR line, then the traceback, in one write.
try:
    1 / 0
except ZeroDivisionError as exc:
    caught = exc


class Trace:
    def write(self, text):
        lines = text[20:].split("\n")
        print(lines[0], "|", lines[1], "|", lines[-2], "|", lines[-1] == "")


getLogger("hello", Trace())
log.exception("went wrong", exc_info=caught)
log.exception("%s went wrong", "it", exc_info=caught)
log.exception("%d went wrong", "it", exc_info=caught)
log.warning("is told", exc_info=caught)

getLogger("hello", out)
log.exception("no traceback", exc_info=False)
log.exception("unprintable", exc_info=ValueError(Broken()))

# Long lines and text beyond ASCII arrive whole: from 128 bytes on they are put together elsewhere.
log.info("é→" * 20)
ring = AioStream(400)
whole = getLogger("n", ring)
for length in range(200):
    whole.info("x" * length)
    if ring.lines()[-1][19:] != " [n] [INFO] " + "x" * length:
        print("not whole:", length)

# An AioStream is written to directly, with the same line.
ring = AioStream(300)
getLogger("hello", ring)
log.info("%s", "to the ring")
log.info("second\nand third")
print([line[19:] if "[hello]" in line else line for line in ring.lines()])


# So is a subclass, through its own write.
class Loud(AioStream):
    def write(self, text):
        return super().write(text.upper())


loud = Loud(300)
getLogger("hello", loud)
log.info("shout")
print([line[19:] for line in loud.lines()])

# getLogger without a stream leaves the stream as it is.
getLogger("hello").info("still here")
print(len(loud.lines()))

# What is no stream, or no name, is refused.
for args in (("a", 5), (5,)):
    try:
        getLogger(*args)
    except TypeError as exc:
        print(exc)

# A Logger is made by getLogger only, and has no handlers.
try:
    Logger("x")
except TypeError:
    print("TypeError")
print(hasattr(log, "addHandler"))
try:
    log.name = "x"
except AttributeError:
    print("AttributeError")

# What the stream's write raises goes to the caller.
class Full:
    def write(self, text):
        raise OSError(28)


try:
    getLogger("hello", Full()).info("x")
except OSError as exc:
    print(exc.errno)
