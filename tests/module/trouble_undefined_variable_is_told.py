# A ${NAME} in services.config that .env does not define is told with its service and its key, and left as it is; one with a
# default, ${NAME:-default}, gets that.

import _clock
from _services import asyncio, aioctl, aioservice, file, service

service(
    "net",
    """
    @aioctl.aiotask
    async def task(self, *args, **kwargs):
        print(args, sorted(kwargs.items()))
""",
)
service("off", "    @aioctl.aiotask\n    async def task(self):\n        pass\n")
file(".env", 'SSID=home\nEMPTY=\nHOST=${NAME:-board}.local\n')
file(
    "services.config",
    """{"net": {"enabled": true,
"args": ["${SSID:-none}", "${EMPTY:-empty}", "${GONE:-}", "${GONE:-a b:-c}", "${HOST}", "${EMPTY}"],
"kwargs": {"host": [{"deep": "mqtt://${SSID}@${HOTS}:${PORT}/"}], "no": "${not a name} ${not a name:-x} ${", "log": null}},
"off": {"enabled": false, "args": ["${GONE}"]}}""",
)


async def main():
    aioservice.init()
    await asyncio.sleep_ms(1)
    print("- again")
    aioservice.init(debug=False)
    print(aioservice.verify())
    file("services.config", '{"net": {"args": ["${GONE}"]}}')
    print(aioservice.verify())


asyncio.run(main())
