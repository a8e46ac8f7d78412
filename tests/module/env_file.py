# `.env`: NAME=value lines, found by aioctl.getenv.

from _scratch import aioctl, enter, leave, put


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
    value = aioctl.getenv(name)
    print(name, repr(value.encode() if name == "UTF" else value))  # how a repr shows it depends on the version

# what stands in for a name that is not there
print(aioctl.getenv("MISSING", 5), aioctl.getenv("EMPTY", 5), aioctl.getenv("HOSTNAME", 5))

# `.env` is read once
put(".env", b"HOSTNAME=cellar\n")
print(aioctl.getenv("HOSTNAME"))

# a program may bring its own values
aioctl.setenv({"HOSTNAME": "attic"})
print(aioctl.getenv("HOSTNAME"), aioctl.getenv("UTF"))

leave("env_file_scratch")
