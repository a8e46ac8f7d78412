# config(), enable() and disable() are events, which go to the log and print no line.

from _services import aioctl, aioservice, service


class Log:
    def info(self, text):
        print("log:", text)


service("pump", "    @aioctl.aiotask\n    async def task(self):\n        pass\n")
aioservice.set_logger(Log())
print(aioservice.config("pump", True, 3), aioservice.enable("pump.service"), aioservice.disable("pump"))
print(aioservice.config("pump", True, {1}), aioservice.config("pump", 1))
for event in aioservice.events():
    print(event["kind"], event["service"], event["text"])
