# What the boards carry frozen, with or without aioservice.

include("$(MPY_DIR)/extmod/asyncio")
freeze(".", "_boot.py")
