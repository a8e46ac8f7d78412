# A service that can't be had is a failed one: it stays in the list, says why, and all others go on.

from _services import asyncio, aioctl, aioservice, service, file, FOLDER

TASK = """
    @aioctl.aiotask
    async def task(self):
        print(self.name, "runs")
"""
HEAD = "import aioctl\nfrom aioclass import Service\n"


def own(name, text):
    file(FOLDER + name + "_service.py", HEAD + text)


own("nothing", "")
own("number", "service = 5")
own("object", "service = object()")
own("a_class", "class S(Service):" + TASK + "service = S")
own("no_task", "service = Service('no_task')")
own("syntax", "def (:")
own("importing", "import does_not_exist")
own("no_super", "class S(Service):\n    def __init__(self):\n        pass\n" + TASK + "service = S()")
own("bad_name", "class S(Service):" + TASK + "service = S('x')\nservice.name = 5")
own("raising", "class S(Service):\n    def __init__(self):\n        1 / 0\n" + TASK + "service = S()")
own("clash", "class S(Service):" + TASK + "service = S('fine')")
service("fine", TASK)
service("alpha", TASK)


async def main():
    aioservice.list()
    aioservice.status()
    for name in sorted(aioservice.service()):
        text = aioservice.traceback(name, rtn=True)
        print(name + ":", text.rstrip().split("\n")[-1])

    # as asyncmd's users know a failed one
    s = aioservice.service("raising")
    print(s, s.loaded, repr(s.info))

    # loading one only another import can mend says so each time
    print(aioservice.load("raising"), aioservice.load("raising"))
    # others go on
    print(aioservice.load("alpha"))
    await asyncio.gather(*aioctl.tasks())


asyncio.run(main())
