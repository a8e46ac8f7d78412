# asyncmd deletes NAME.service*, whoever that may be. Here unload leaves others alone.

from _services import asyncio, aioctl, aioservice, service, file, FOLDER, turns

TASK = """
    @aioctl.aiotask
    async def task(self):
        self.add_ctask(aioctl, self.child, "child")
        await asyncio.sleep(10)

    @aioctl.aiotask
    async def child(self):
        await asyncio.sleep(10)
"""
for name in ("a", "ab", "ba"):
    service(name, TASK)
file(
    FOLDER + "dotted_service.py",
    "import asyncio\nimport aioctl\nfrom aioclass import Service\n\nclass S(Service):"
    + TASK
    + "\nservice = S('a.b')",
)


async def wait():
    await asyncio.sleep(10)


async def main():
    for name in ("a", "a", "ab", "ba", "a.b"):
        aioservice.load(name, debug=False)
    for name in ("a", "a.other", "a.services", "a.service2", "b.a.service", "A.service"):
        aioctl.add(wait, name=name)
    await turns()
    before = set(aioctl.tasks_match("*"))
    tasks = [aioctl.group().tasks[name] for name in before]
    print(aioservice.unload("a"))
    await turns()
    print(sorted(before - set(aioctl.tasks_match("*"))))
    print(sorted(t.name for t in tasks if t.state != "running"))
    print(sorted(aioctl.tasks_match("*")))
    print(sorted(aioservice.service()))


asyncio.run(main())
