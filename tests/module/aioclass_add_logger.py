# add_logger: the service's logger.

try:
    import aioclass
except ImportError:
    print("SKIP")
    raise SystemExit


class Log:
    def info(self, text):
        print("info:", text)

    def error(self, text):
        print("error:", text)

    def debug(self, text):
        print("debug:", text)

    def warning(self, text):
        print("warning:", text)

    critical = exception = error


log = Log()

# without service_logger it is the logger given, and the first one stays
s = aioclass.Service("a")
s.add_logger(None)
print(s.log)
s.add_logger(log)
s.add_logger(Log())
print(s.log is log)

# with service_logger, lines say whose they are
s = aioclass.Service("b")
s.add_logger(log, service_logger=True)
s.log.info("hello")
s.log.info("hello", cname="led")
s.log.info("%s %d", "hello", 5)
s.log.error("oops")
s.log.debug("below the level")
first = s.log
s.add_logger(log, level="ERROR", service_logger=True)
print(s.log is first)

# and have a level of their own
for level in ("DEBUG", "WARNING", "ERROR", 20):
    s = aioclass.Service("c")
    s.add_logger(log, level=level, service_logger=True)
    print(level)
    s.log.debug("1")
    s.log.info("2")
    s.log.warning("3")
    s.log.error("4")
s.log.setLevel("CRITICAL")
s.log.error("5")
s.log.critical("6")

# an unknown level is named, and nothing is set
s = aioclass.Service("d")
try:
    s.add_logger(log, level="LOUD", service_logger=True)
except ValueError as e:
    print("LOUD" in str(e), "CRITICAL" in str(e))
print(s.log)
try:
    s.add_logger()
except TypeError:
    print("TypeError")
