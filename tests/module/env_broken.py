# A malformed line of `.env` is reported by file and line, without showing it, and skipped; a file that
# is no text at all is reported as a whole. Nothing raises.

try:
    import os
    import aioctl
    import aioservice

    os.mkdir, os.chdir, open
except (ImportError, AttributeError, NameError):
    print("SKIP")
    raise SystemExit

aioctl.color(False)


def clear():
    for name in os.listdir():
        os.remove(name)


def enter(folder):
    try:
        os.mkdir(folder)
    except OSError as e:
        if e.errno != 17:  # EEXIST: left by a run that was broken off
            print("SKIP")
            raise SystemExit
    os.chdir(folder)
    clear()


def leave(folder):
    clear()
    os.chdir("..")
    os.rmdir(folder)


def put(name, data):
    with open(name, "wb") as f:
        f.write(data)


def get(name):
    with open(name, "rb") as f:
        return f.read()


enter("env_broken_scratch")
put(
    ".env",
    b"""A=1
no equals sign
=no name
TWO WORDS=1
"QUOTED"=1
OPEN="never closed
MORE="a" b
\xc3\xa9t\xc3\xa9=1
BAD=\xff\xfe
B=2
""",
)
for name in ("A", "B", "TWO WORDS", "QUOTED", "OPEN", "MORE", "BAD"):
    print(name, aioctl.getenv(name))

leave("env_broken_scratch")
