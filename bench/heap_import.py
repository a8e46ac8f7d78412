# Bytes of the collector's heap that importing the five modules takes, and that they take once what nearly
# every program uses of them was touched.
import asyncio
import gc

RING = 2000  # streamlog's bytes for text: room its user wants, so they are not counted


def mem():
    gc.collect()
    gc.collect()
    return gc.mem_alloc()


async def nothing():
    pass


def main():
    asyncio.run(nothing())  # asyncio imports its parts when they are first used
    start = mem()
    import aioclass
    import aioctl
    import aiolog
    import aioschedule
    import aioservice

    imported = mem()
    aioclass.Service
    aioctl.group()
    aiolog.streamlog
    used = mem()
    assert aioservice and aioschedule
    print("bench: heap_bytes_import", imported - start)
    print("bench: heap_bytes_import_used", used - start - RING)


main()
