# boot answers {name: result}: values, exceptions, None.

from _services import asyncio, aioctl, aioservice, core, service

TASK = """
    @aioctl.aiotask
    async def task(self):
        %s
"""
INIT = """
    def __init__(self, name):
        super().__init__(name)
        self.args = %s
"""
core("value", TASK % "return 42")
core("none", TASK % "pass")
core("raises", TASK % "1 / 0")
core("on_error", TASK % "1 / 0" + "\n    def on_error(self, exc, *args):\n        return 'handled'")
core("arguments", INIT % "[1, 2]" + TASK % "pass")
core("plain", "    async def task(self):\n        return 'not decorated'")
core("function", "    def task(self):\n        return 'not async'")
core("args", INIT % 5 + TASK % "pass")
service("runtime", TASK % "return 1")


async def main():
    aioservice.quiet()  # what MicroPython says of wrong arguments differs
    results = await aioservice.boot(debug=False)
    for name in sorted(results):
        result = results[name]
        print(name, result if not isinstance(result, Exception) else type(result))
    aioservice.status("raises")


asyncio.run(main())
