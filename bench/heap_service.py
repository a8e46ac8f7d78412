# Bytes of the collector's heap that one more loaded service takes, and one more raw task.
#
# All services were found and imported before, so their modules and instances are there already.
import asyncio
import gc

import aioctl
import aioservice

# Loaded and left running before the measurement: they bring along what is needed once, and wipe from the
# stack what the discovery left there, which the collector would take for references.
FIRST = 20


def mem():
    # Twice: what the first collection unlinks, the second one frees.
    gc.collect()
    gc.collect()
    return gc.mem_alloc()


async def load(names):
    for name in names:
        aioservice.load(name)
    await asyncio.sleep(0)  # their first step


async def spawn(services):
    for service in services:
        asyncio.create_task(service.body(service, log=None))
    await asyncio.sleep(0)


async def main():
    services = aioservice.service()
    names = sorted(services)
    instances = [services[name] for name in names]
    count = len(names) - FIRST
    await load(names[:FIRST])
    await spawn(instances[:FIRST])
    start = mem()
    await load(names[FIRST:])
    loaded = mem()
    await spawn(instances[FIRST:])
    spawned = mem()
    assert len(aioctl.tasks()) == len(names)
    print("bench: heap_bytes_per_service", (loaded - start) / count)
    print("bench: heap_bytes_per_raw_task", (spawned - loaded) / count)


asyncio.run(main())
