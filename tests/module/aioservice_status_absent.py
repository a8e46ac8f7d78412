# status() of a name that is not in the table says why: no service, a file whose service is called otherwise, one that
# is disabled, one that was unloaded.

from _services import FOLDER, HEAD, aioservice, config, file, service

TASK = """
    @aioctl.aiotask
    async def task(self):
        pass
"""
service("pump", TASK)
file(FOLDER + "f2_service.py", HEAD % "runtime.service" + TASK + 'service = TestService("s2")')
config(pump={"enabled": False})
aioservice.status("pump")
aioservice.status("pump.service")
aioservice.status("bump")

# a file whose service is called otherwise
aioservice.status("f2")
aioservice.status("s2")
aioservice.unload("s2")
aioservice.status("f2")
aioservice.status("s2")

# one that came after all were looked for, until it is loaded
service("late", TASK)
aioservice.status("late")
aioservice.load("late")
aioservice.status("late")
aioservice.unload("late")
aioservice.status("late")
