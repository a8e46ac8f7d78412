# The Python part of aioservice, frozen. A board's manifest takes it in with
#     include("<path>/aioservice/manifest.py")
# beside asyncio, which most boards freeze already.

freeze("py", opt=3)  # without line numbers: half a KB

# MicroPython from 1.29 on takes the C part from a manifest, too; before, USER_C_MODULES names it.
if "c_module" in globals():
    c_module(".")
