# One cycle of a service: started, a loop turn, stopped and taken out of the group, a loop turn; and the
# same by hand with raw asyncio.
#
#   cycle.py time          interleaved rounds of both; prints the median of their ratios
#   cycle.py service N     N cycles of the service, for counting instructions
#   cycle.py raw N         N cycles by hand
#   cycle.py churn         bytes that a cycle of each takes from the heap, garbage included
import asyncio
import gc
import sys
import time

import aioctl
import aioservice

ROUNDS = 301
CYCLES = 100  # a round takes a millisecond or two: shorter than the time slices of other programs


async def service_cycles(n):
    load, delete, sleep = aioservice.load, aioctl.delete, asyncio.sleep
    for _ in range(n):
        load("bench")
        await sleep(0)
        delete("bench.service")
        await sleep(0)


async def raw_cycles(n):
    create_task, sleep = asyncio.create_task, asyncio.sleep
    service = aioservice.service("bench")
    body = service.body
    for _ in range(n):
        task = create_task(body(service, log=None))
        await sleep(0)
        task.cancel()
        await sleep(0)


async def timed(cycles):
    gc.collect()
    start = time.time_ns()
    await cycles(CYCLES)
    return time.time_ns() - start


def median(values):
    return sorted(values)[len(values) // 2]


async def measure_time():
    await timed(service_cycles)
    await timed(raw_cycles)
    ratios, services, raws = [], [], []
    for k in range(ROUNDS):
        # Who goes first alternates, so that neither always has the warmer cache.
        if k % 2:
            service, raw = await timed(service_cycles), await timed(raw_cycles)
        else:
            raw, service = await timed(raw_cycles), await timed(service_cycles)
        ratios.append(service / raw)
        services.append(service)
        raws.append(raw)
    print("bench: load_cycle_vs_raw", median(ratios))
    print("bench: load_cycle_us", median(services) / CYCLES / 1000)
    print("bench: raw_cycle_us", median(raws) / CYCLES / 1000)


async def churn(cycles):
    await cycles(1)
    gc.collect()
    gc.disable()
    before = gc.mem_alloc()
    await cycles(CYCLES)
    used = gc.mem_alloc() - before
    gc.enable()
    return used / CYCLES


async def main(what, n=0):
    # One cycle before all, as the first load of a service prints a line; and is a cycle what it should be?
    assert aioservice.load("bench")
    await asyncio.sleep(0)
    task = aioctl.group().tasks["bench.service"]
    assert task.state == "running"
    aioctl.delete("bench.service")
    await asyncio.sleep(0)
    assert task.state == "stopped" and task.task.done() and not aioctl.group().tasks
    if what == "time":
        await measure_time()
    elif what == "churn":
        print("bench: load_cycle_heap_bytes", await churn(service_cycles))
        print("bench: raw_cycle_heap_bytes", await churn(raw_cycles))
    else:
        await {"service": service_cycles, "raw": raw_cycles}[what](int(n))


asyncio.run(main(*sys.argv[1:]))
