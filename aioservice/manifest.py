# The Python part of aioservice, frozen. A board's manifest takes it in with
#     include("<path>/aioservice/manifest.py")
# beside asyncio, which most boards freeze already.

freeze("py")
