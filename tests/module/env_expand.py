# ${NAME} in the args and kwargs of services.config becomes the value from `.env`; services.config itself
# stays as written.

from _scratch import aioctl, aioservice, os, get, put
import asyncio


FOLDERS = ("aioservices", "aioservices/services")
SERVICE = "aioservices/services/dots_service.py"


def remove_tree():
    for name in (SERVICE, ".env", "services.config", "services.config.bak"):
        try:
            os.remove(name)
        except OSError:
            pass
    for folder in reversed(FOLDERS):
        try:
            os.rmdir(folder)
        except OSError:
            pass


try:
    os.mkdir("env_expand_scratch")
except OSError as e:
    if e.errno != 17:  # EEXIST: left by a run that was broken off
        print("SKIP")
        raise SystemExit
os.chdir("env_expand_scratch")
remove_tree()
for folder in FOLDERS:
    os.mkdir(folder)
put(
    SERVICE,
    b"""
from aioclass import Service
from aioctl import aiotask


class Dots(Service):
    def __init__(self, name):
        super().__init__(name)
        self.type = "runtime.service"
        self.enabled = True

    @aiotask
    async def task(self, *args, **kwargs):
        for arg in args:
            print(repr(arg))
        print(repr(kwargs["place"]))


service = Dots("dots")
""",
)
put(".env", b"HOST=kitchen\nPORT=1883\nNESTED=$\n")
put(
    "services.config",
    b"""{"dots": {"enabled": true, "args": [
        "${HOST}", "mqtt://${HOST}:${PORT}/", "${PORT}", "plain", 5, null,
        "${UNKNOWN}", "${HOST", "$HOST", "${UNKNOWN}${HOST}", "${a ${HOST}}", "${NESTED}{HOST}",
        ["${HOST}", ["${PORT}"]], {"${HOST}": {"k": "${HOST}"}}
    ], "kwargs": {"place": {"at": "${HOST}"}}}}""",
)
before = get("services.config")


async def main():
    print(aioservice.load("dots", config=True))
    await asyncio.gather(*aioctl.tasks())


asyncio.run(main())
print(get("services.config") == before, aioservice.get_config("dots")["args"][0])
remove_tree()
os.chdir("..")
os.rmdir("env_expand_scratch")
