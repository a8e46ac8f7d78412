# Compiled services: found beside others; of a .py and a .mpy the .py is taken, as in an import.

from _services import asyncio, aioctl, aioservice, service, file, files, FOLDER
import binascii
import sys

# mpy_service.py: a service "mpy" whose task returns "from the .mpy", compiled for format 6
MPY = binascii.unhexlify(
    "4d06001f0e011c6d70795f736572766963652e7079000f0c"
    "61696f63746c000e53657276696365001061696f636c6173"
    "7300025300066d7079000e61696f7461736b00087461736b"
    "000e73657276696365002f2d358213050d66726f6d207468"
    "65202e6d7079008274180a01266c6b6080511b0216028010"
    "032a011b041c031603595432001005110334031605110510"
    "0634011609516301814c0806056840110a160b1005160c11"
    "02130732003401160851630150894008080d8007230063"
)
if getattr(sys.implementation, "_mpy", 0) & 0xFF != 6:
    print("SKIP")
    raise SystemExit


async def run(name):
    print(aioservice.load(name))
    print(await aioctl.group().tasks[name + ".service"].task)
    print(aioservice.service(name))
    aioservice.unload(name)


async def main():
    file(FOLDER + "mpy_service.mpy", MPY)
    file(FOLDER + "other_service.mpy.old", MPY)
    file(FOLDER + "broken_service.mpy", b"not compiled")
    aioservice.list()
    await run("mpy")
    aioservice.status("broken")

    # both
    service("mpy", "\n    @aioctl.aiotask\n    async def task(self):\n        return 'from the .py'")
    await run("mpy")
    del files.data[FOLDER + "mpy_service.py"]
    await run("mpy")


asyncio.run(main())
