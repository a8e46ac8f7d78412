# init(debug=False) prints nothing; debug_log=True tells the logger.

from _services import asyncio, aioctl, aioservice, service, turns


class Log:
    def __init__(self):
        self.lines = []

    def info(self, text):
        self.lines.append("info: " + text)

    def error(self, text):
        self.lines.append("error: " + text)


class Broken:
    def info(self, text):
        raise ValueError

    error = info


service("fails", "\n    1 / 0")
service(
    "fine",
    """
    enabled = True

    @aioctl.aiotask
    async def task(self, log):
        print("log", log is test.log)
        await asyncio.sleep(10)
""",
)
log = Log()


async def main():
    aioservice.init(debug=False, log=log, debug_log=True)
    await turns()
    for line in log.lines:
        print(line)
    aioctl.delete("*")

    # without debug_log the logger is handed to the services, but not written to
    log.lines.clear()
    aioservice.init(debug=False, log=log)
    await turns()
    print(log.lines)
    aioctl.delete("*")

    # neither of them; debug_log without a logger is nothing
    aioservice.init(debug=False)
    await turns()
    aioctl.delete("*")
    aioservice.init(debug=False, debug_log=True)
    await turns()
    aioctl.delete("*")

    # a logger that raises is told, and harms nobody
    aioservice.init(debug=False, log=Broken(), debug_log=True)
    print(aioctl.tasks_match("*"))


asyncio.run(main())
