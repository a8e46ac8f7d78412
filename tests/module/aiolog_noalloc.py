# Writing to an AioStream allocates nothing, whatever is written and however full it is.
try:
    import micropython
    from aiolog import AioStream

    micropython.heap_lock
except (ImportError, AttributeError):
    print("SKIP")
    raise SystemExit

log = AioStream(100)
write = log.write
text = "a line of text\n"
part = "no end"
long = "long " * 50 + "\n"
data = b"bytes\n"

i = 0
micropython.heap_lock()
while i < 50:
    i += 1
    write(text)
    write(part)
    write(data)
    write(long)
    write(text)
print("printed", 12, file=log)
micropython.heap_unlock()

print(log.lines())
