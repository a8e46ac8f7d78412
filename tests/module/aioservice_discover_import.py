# A service's module can be imported by its full name, too, as it could before aioservice was asked anything.

from _services import asyncio, aioservice, service
import sys

TASK = """
    @aioctl.aiotask
    async def task(self):
        await asyncio.sleep(10)
"""
service("lib", TASK)
service("other", TASK)
sys.path.append("")
aioservice.list()

import aioservices.services.lib_service as lib

print(lib.service is aioservice.service("lib"))

import aioservices

print(aioservices is sys.modules["aioservices"], aioservices.services.other_service.service.name)

# what was unloaded is no attribute of the package any more, and an import reads the file anew
aioservice.unload("lib")
print(hasattr(aioservices.services, "lib_service"), hasattr(aioservices.services, "other_service"))

import aioservices.services.lib_service as again

print(again is lib, aioservices.services.lib_service is again)
