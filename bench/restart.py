# How many turns of the loop lie between the step in which a service fails and the first step of its next run,
# with delay_ms 0. A raw task counts the turns.
import asyncio

import aioctl
import aioservice

turn = 0


async def count():
    global turn
    while True:
        turn += 1
        await asyncio.sleep_ms(0)


async def main():
    counter = asyncio.create_task(count())
    service = aioservice.service("failing")
    service.now = lambda: turn
    aioservice.load("failing")
    while len(service.started) < 5:
        await asyncio.sleep_ms(0)
    latencies = [start - failed for start, failed in zip(service.started[1:], service.failed)]
    print("bench: restart_latency_loop_turns", max(latencies))
    counter.cancel()


asyncio.run(main())
