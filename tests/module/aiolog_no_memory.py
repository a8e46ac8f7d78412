# A Logger's line comes out when there is no memory left, if need be without what takes memory.
try:
    import aioclass
    import micropython
    from aiolog import AioStream, getLogger

    micropython.heap_lock
except (ImportError, AttributeError):
    print("SKIP")
    raise SystemExit

stream = AioStream(2000)
log = getLogger("board", stream)
long = "long " * 60
exc = ValueError("no value")
service = aioclass.Service("hello")
service.add_logger(log, service_logger=True)

micropython.heap_lock()
log.info("plain")
log.info(long)
log.log(25, "between the levels")
log.info("%s is not put in", "this")
log.exception("a traceback takes memory", exc_info=exc)
log.debug("%s", "below the level")
service.log.error("of a service")
service.log.log(40, "of its child", cname="blink")
micropython.heap_unlock()

log.info("%s again", "memory")

lines = stream.lines()
for line in lines:
    date = line[:19]
    print(len(date), date[4], date[13], line[19:] if len(line) < 100 else line[19:] == " [board] [INFO] " + long)
print(lines[0][:4] in ("0000", "2000"), lines[-1][0])  # 2000: a port without a wall clock

# The message that is no str cannot be shown without memory: the caller learns of it.
said = False
micropython.heap_lock()
try:
    log.info(exc)
except MemoryError:
    said = True
micropython.heap_unlock()
print(said, len(stream.lines()) == len(lines))
