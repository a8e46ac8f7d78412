# Runs the services of this folder under systemd: see README.md.
import asyncio

import aioctl
import aioservice


async def main():
    await aioservice.boot()
    aioservice.init()
    await asyncio.gather(*aioctl.tasks())


loop = asyncio.get_event_loop()
task = loop.create_task(main())
try:
    loop.run_until_complete(task)
except KeyboardInterrupt:  # systemd's KillSignal=SIGINT, or Ctrl-C
    aioctl.stop()
    loop.run_until_complete(task)  # until all have ended
