# An AioStream as the stream of micropython-lib's logging.
try:
    import logging
    from aiolog import AioStream
except ImportError:
    print("SKIP")
    raise SystemExit

stream = AioStream(400)
logging.basicConfig(
    level=logging.INFO,
    format="[%(name)s] [%(levelname)s] %(message)s",
    stream=stream,
    force=True,
)
log = logging.getLogger("board")
log.setLevel(logging.INFO)
log.debug("not shown")
log.info("[%s] LED %d toggled!", "hello.service", 1)
log.error("[hello.service.blink] failed")
stream.cat()
stream.cat("*[[]hello.service]*")
stream.cat("*[hello.service]*")

# exc_info gives the traceback to the same stream, as lines.
try:
    1 / 0
except ZeroDivisionError as exc:
    log.exception("[world.service] raised", exc_info=exc)
print(stream.lines()[2])
print([line for line in stream.lines() if line][-1])

# A handler of its own, closed at the end.
own = AioStream(100)
handler = logging.StreamHandler(stream=own)
handler.setLevel(logging.ERROR)
handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
log.addHandler(handler)
log.info("below the handler's level")
log.error("above it")
handler.close()
print(own.lines())
