# Names that asyncmd's own service files use, beyond those that the reference lists.

from _services import aioctl, aioservice, asyncio, service, turns

import time

service("good", "    async def task(self):\n        await asyncio.sleep(10)\n")
service("idle", "    async def task(self):\n        pass\n")
service("wrong", "    1 / 0\n")


async def main():
    aioservice.load("good")
    await turns()

    # which services failed, and which are loaded
    print(sorted(aioservice.failed_services))
    print(aioservice.failed_services["wrong"] in aioservice._SERVICES_STATUS["failed"])
    print([s.name for s in aioservice._SERVICES_STATUS["loaded"]])

    # dates and ages for reports
    print(aioctl.get_datetime((2023, 3, 16, 0, 35, 9, 3, 75)))
    print(len(aioctl.get_datetime(time.localtime())))
    try:
        aioctl.get_datetime((2023, 3))
    except ValueError as e:
        print(e)
    print(aioctl.tmdelta_fmt(38), aioctl.tmdelta_fmt(151.9), aioctl.tmdelta_fmt(180000))

    # of a record
    record = aioctl.group().tasks["good.service"]
    print(record._is_service, record._is_parent, record._is_child, record.service.name)
    print(aioctl._AIOCTL_LOG)


asyncio.run(main())
