# A malformed line of `.env` is reported by file and line, without showing it, and skipped; a file that
# is no text at all is reported as a whole. Nothing raises.

from _scratch import aioctl, enter, leave, put


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
