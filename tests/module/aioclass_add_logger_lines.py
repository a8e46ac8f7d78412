# The lines of a service's own logger, as they reach an AioStream by aiolog's Logger.
try:
    import aioclass
    from aiolog import AioStream, getLogger
except ImportError:
    print("SKIP")
    raise SystemExit

stream = AioStream(2000)
board = getLogger("board", stream)


# Prints the lines written since it was last called, without their dates.
class Seen:
    seen = 0

    def __call__(self):
        all = stream.lines()
        for line in all[self.seen :]:
            print(line[19:] if " [board] " in line else line)
        self.seen = len(all)


show = Seen()

service = aioclass.Service("hello")
service.add_logger(board, level="DEBUG", service_logger=True)
log = service.log

# Each line says whose it is: the service's, or that of one of its children.
log.info("LED %d toggled!", 1)
log.warning("LED %d toggled!", 1, cname="blink")
log.error("text", cname=None)
log.critical("%(a)s", {"a": 1}, cname="blink")
log.log(30, "by number")
log.log("ERROR", "by name", cname="blink")
show()

# Its level and the one of the logger behind both have to let a line through.
log.debug("below the board's level")
board.setLevel("DEBUG")
log.debug("through")
log.setLevel("ERROR")
log.warning("below the service's level")
log.log(39, "below the service's level")
print(log.isEnabledFor("WARNING"), log.isEnabledFor(40), log.getEffectiveLevel())
log.setLevel("INFO")
show()

# Per cent signs are put in once: those of the arguments stay.
log.info("100%")
log.info("%s", "50% of %d")
log.info("%s", ("a", "tuple"))
show()

# What cannot be formatted comes out all the same.
log.info("%d items", "five")
log.info("none", 1)
log.info(ValueError("an object"))
show()

# exception: an ERROR line, then the traceback.
log.exception("%s failed", "it", exc_info=ValueError("no value"))
log.exception("in a child", exc_info=ValueError("no value"), cname="blink")
log.exception("no traceback", exc_info=False)
show()

# A level that is off formats nothing.
class Broken:
    def __str__(self):
        raise RuntimeError("formatted")


log.setLevel("CRITICAL")
log.info("%s", Broken())
log.exception("%s", Broken())
show()


# A logger that has other methods only: those that are called.
class Small:
    def info(self, text):
        print("small:", text)


service = aioclass.Service("small")
service.add_logger(Small(), service_logger=True)
service.log.info("has info")
try:
    service.log.error("has no error")
except AttributeError:
    print("AttributeError")
