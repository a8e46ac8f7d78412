# Which files are services, and in which order they are listed.

from _services import aioservice, service, file, FOLDER

TASK = """
    @aioctl.aiotask
    async def task(self):
        pass
"""

for name in ("zebra", "ant", "watcher", "hello_world", "b2"):
    service(name, TASK)

# these are none
file(FOLDER + "readme.txt", "no service")
file(FOLDER + "hello.py", "print('never printed')")
file(FOLDER + "service.py", "print('never printed')")
file(FOLDER + "_service.py", "print('never printed')")
file(FOLDER + "old_service.py.bak", "print('never printed')")
file(FOLDER + "old_service.pyc", "print('never printed')")
file(FOLDER + "service_old.py", "print('never printed')")
# asyncmd's package imports all services by itself: ours is not run
file(FOLDER + "__init__.py", "print('never printed')\nraise ValueError")
file("aioservices/__init__.py", "print('never printed')\nraise ValueError")
file("zebra_service.py", "print('never printed')")

# in the order of services.config, then by name
file("services.config", '{"watcher": {"enabled": true}, "gone": {"enabled": true}, "zebra": {}}')
aioservice.list()
print(sorted(aioservice.service()))

# a second look imports nothing anew
service("late", TASK)
aioservice.list()
