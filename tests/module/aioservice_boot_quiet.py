# boot(debug=False) prints nothing; debug_log=True tells the logger each step.

from _services import asyncio, aioctl, aioservice, core


class Log:
    def info(self, text):
        lines.append("info: " + text)

    def error(self, text):
        lines.append("error: " + text)


lines = []
TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        %s
"""
core("a", TASK % ("None", "return 42"))
core("b", TASK % ('"a"', "1 / 0"))
core("c", TASK % ('"b"', "pass"))


async def main():
    await aioservice.boot(debug=False)
    await aioservice.boot(debug=False, log=Log())
    print(lines)
    await aioservice.boot(debug=False, log=Log(), debug_log=True)
    for line in lines:
        print(line)
    # printed, a good end is told where others wait for it
    await aioservice.boot()


asyncio.run(main())
