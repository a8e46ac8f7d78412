# AioStream.cat and lines: which lines a grep lets through.
try:
    from aiolog import AioStream
except ImportError:
    print("SKIP")
    raise SystemExit

log = AioStream(400)
log.write("[board] [INFO] [hello.service] LED 1 toggled!\n")
log.write("[board] [INFO] [hello.service.blink] once\n")
log.write("[board] [ERROR] [world.service] failed: a*b\n")
log.write("[board] [INFO] [helloXservice] not a service\n")
log.write("\n")


def show(grep):
    print("--", grep)
    log.cat(grep)


# Nothing to look for: all lines, empty ones too.
show("")

# No star: a substring, whose dots and brackets are plain.
show("hello.service")
show("[hello.service]")
show("nowhere")

# A star: the pattern describes the whole line.
show("*[hello.service]*")
show("[hello.service]*")
show("*toggled!")
show("*LED*toggled")
show("*")

# asyncmd's patterns were regular expressions: a backslash before [ ] or . is passed over.
show("*\\[hello.service\\]*")
show("*\\[hello\\.service\\]*")
show("\\[world.service\\]")

# Other backslashes are plain.
log.write("C:\\temp\n")
show("C:\\temp")
show("*:\\")

# A list or a tuple: one of them is enough.
show(["*[hello.service]*", "*[hello.service.*]*"])
show(("world", "LED"))
show([])

# The keyword works too.
log.cat(grep="world")
print(log.lines(grep="world"), log.lines("world"), log.lines("nowhere"))

# A grep that is no text is refused before anything is printed.
for grep in (5, None, ["*", 5]):
    try:
        log.cat(grep)
    except TypeError as exc:
        print(exc)

# A log that has wrapped around is read in the order of writing.
small = AioStream(64)
for i in range(30):
    small.write("%d wrapped\n" % i)
small.cat("*wrapped")
small.cat("29")
