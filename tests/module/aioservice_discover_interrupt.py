# KeyboardInterrupt and SystemExit in a service file are for the caller; the next call tries again.

from _services import aioservice, service, file, FOLDER

TASK = "\n    @aioctl.aiotask\n    async def task(self):\n        pass\n"
service("a", TASK)
service("c", TASK)
file(
    FOLDER + "b_service.py",
    """import __main__ as test
import aioctl
from aioclass import Service

if test.stop:
    raise test.stop

class B(Service):
"""
    + TASK
    + "service = B('b')",
)

for stop in (KeyboardInterrupt(), SystemExit(3)):
    try:
        aioservice.list()
    except BaseException as e:
        print(e is stop)
stop = None
aioservice.list()
