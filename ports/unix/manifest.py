# What build/aioservice carries frozen. Nothing from micropython-lib: a distribution's source package of
# MicroPython does not contain it. `make MANIFEST=path` freezes more on top.

include("$(MPY_DIR)/extmod/asyncio")
include("../../aioservice")
freeze("../../aioservice/unix", opt=3)  # the terminal of the REPL
