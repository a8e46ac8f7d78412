# What is wrong with services.config goes to the log that boot or init was given, and to the events, as it goes to stdout.

import _clock
from _services import asyncio, aioservice, file, service


class Log:
    def info(self, text):
        pass

    def error(self, text):
        print("log:", text)

    warning = error


service("pump", "    @aioctl.aiotask\n    async def task(self):\n        pass\n")
file("services.config", '{"pump": {"args": 5}, "fan": 3, }}')


async def main():
    aioservice.init(debug=False, log=Log())
    file("services.config", '{"pump": {"args": 5}, "fan": 3}')
    aioservice.init(debug=False)
    for event in aioservice.events():
        if event["kind"] == "config_broken":
            print(event["text"], event["error"]["text"])


asyncio.run(main())
