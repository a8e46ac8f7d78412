# What the boards carry frozen.

include("manifest_base.py")
include("../../../aioservice")
