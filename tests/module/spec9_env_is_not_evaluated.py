# asyncmd evaluates values of .env. Here they are text.

from _services import asyncio, aioctl, aioservice, service, file, config, turns

file(
    ".env",
    """CALL=print("never printed")
IMPORT=__import__("os").remove("services.config")
LIST=[1, 2]
NUMBER=5
BOOL=True
SUM=1+1
QUOTED="1+1"
""",
)
for name in ("CALL", "IMPORT", "LIST", "NUMBER", "BOOL", "SUM", "QUOTED"):
    print(repr(aioctl.getenv(name)))

# nor in services.config
service("a", "\n    @aioctl.aiotask\n    async def task(self, *args, **kwargs):\n        print(args, kwargs)")
config(a={"args": ["${LIST}", "${CALL} ${NUMBER}", ["${SUM}"]], "kwargs": {"key": "${BOOL}"}})


async def main():
    aioservice.load("a", config=True)
    await turns()


asyncio.run(main())
