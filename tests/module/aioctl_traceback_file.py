# traceback() to a stream, and indented; status() with another indent.

try:
    import asyncio
    import io
    import sys
    import aioctl
    import aiolog
except ImportError:
    print("SKIP")
    raise SystemExit

aioctl.color(False)


async def inner(a, b):
    return a // b


async def divide(a, b):
    return await inner(a, b)


class Clock:
    def time(self):
        return 0

    def localtime(self, at=None):
        return (2023, 3, 16, 0, 0, 0, 3, 75)


# Line numbers and file names differ from place to place.
def plain(text):
    lines = text.split("\n")
    return [line[: line.find("File")] + "File ..." if "File" in line else line for line in lines]


async def main():
    aioctl.add(divide, 1, 0)
    await aioctl.group().tasks["divide"].task
    out = io.StringIO()
    aioctl.traceback("divide", file=out)
    print("\n".join(plain(out.getvalue())))
    log = aiolog.AioStream(500)
    aioctl.traceback("div*", indent="> ", file=log)
    print("\n".join(plain("\n".join(log.lines()))))
    aioctl.traceback("nobody*", file=log)
    try:
        aioctl.traceback("divide", indent=2)
    except TypeError as error:
        print(error)

    async def fine(**kwargs):
        pass

    aioctl.add(fine, a=1)
    await aioctl.group().tasks["fine"].task
    aioctl.status("fine", debug=True, indent="| ")


sys.modules["time"] = Clock()
asyncio.run(main())
