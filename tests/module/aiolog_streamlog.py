# aiolog.streamlog: the log everybody shares, made when it is first asked for.
try:
    import gc
    import aiolog
except ImportError:
    print("SKIP")
    raise SystemExit

# Importing costs nothing: the 2000 bytes are taken at the first use.
gc.collect()
before = gc.mem_alloc()
streamlog = aiolog.streamlog
print(2000 <= gc.mem_alloc() - before < 2500)

# It is one object, however it is reached, and survives a collection.
from aiolog import streamlog as again

gc.collect()
print(isinstance(streamlog, aiolog.AioStream), again is streamlog, aiolog.streamlog is streamlog)

# It holds 2000 bytes.
for i in range(300):
    streamlog.write("%03d 6789\n" % i)
lines = streamlog.lines()
print(len(lines), lines[0], lines[-1])

# A program may put a larger one, or any other stream, in its place.
larger = aiolog.AioStream(4000)
aiolog.streamlog = larger
print(aiolog.streamlog is larger)
aiolog.getLogger("late").info("in the larger one")
print(len(larger.lines("[late] [INFO] in the larger one")))

# What is no stream is refused, and nothing else of the module can be stored or deleted.
try:
    aiolog.streamlog = 5
except TypeError as exc:
    print(exc)
print(aiolog.streamlog is larger)
for statement in ("del aiolog.streamlog", "aiolog.INFO = 5", "aiolog.nothing"):
    try:
        exec(statement)
    except AttributeError:
        print("AttributeError")
