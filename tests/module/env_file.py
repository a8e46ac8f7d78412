# `.env`: NAME=value lines, found by aioctl.getenv.

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


enter("env_file_scratch")
put(
    ".env",
    b"""# settings of this device
HOSTNAME=kitchen
  SPACED  =  a b  c\t
export EXPORTED=yes
exported=not a keyword
EMPTY=
DOUBLE="  kept # too  "
SINGLE='say "hi"'   # a comment
HALF=it's "so"
COMMENT=value # a comment
NO_COMMENT=a#b
ONLY_COMMENT= # nothing
HASH=#1
EQUALS=a=b==c

LIST=[1, 2]
BOOL=False
CALL=open("x")
with.dot-and-dash_9=ok
TWICE=first
TWICE=second
URL=mqtt://${HOSTNAME}.local:${PORT}
PATH_=${HOSTNAME}/${HOSTNAME}
QUOTED="${HOSTNAME}"
LATER=${LAST}
UTF=\xc3\xa9
CRLF=value\r
LAST=no newline at the end""",
)
for name in (
    "HOSTNAME SPACED EXPORTED exported EMPTY DOUBLE SINGLE HALF COMMENT NO_COMMENT ONLY_COMMENT HASH EQUALS "
    "LIST BOOL CALL with.dot-and-dash_9 TWICE URL PATH_ QUOTED LATER UTF CRLF LAST MISSING"
).split():
    print(name, repr(aioctl.getenv(name)))

# what stands in for a name that is not there
print(aioctl.getenv("MISSING", 5), aioctl.getenv("EMPTY", 5), aioctl.getenv("HOSTNAME", 5))

# `.env` is read once
put(".env", b"HOSTNAME=cellar\n")
print(aioctl.getenv("HOSTNAME"))

# a program may bring its own values
aioctl.setenv({"HOSTNAME": "attic"})
print(aioctl.getenv("HOSTNAME"), aioctl.getenv("UTF"))

leave("env_file_scratch")
