# Runs the services of this folder under systemd: see README.md.
import asyncio

import aioctl
import aioservice


async def main():
    await aioservice.boot()
    aioservice.init()
    await asyncio.gather(*aioctl.tasks())


try:
    asyncio.run(main())
except KeyboardInterrupt:  # systemd's KillSignal=SIGINT, or Ctrl-C: all services have ended in their order
    pass
