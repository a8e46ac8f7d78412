# status() of a service that services.config disables says that, and not that there is none.

from _services import aioservice, config, service

service("pump", """
    @aioctl.aiotask
    async def task(self):
        pass
""")
config(pump={"enabled": False})
aioservice.status("pump")
aioservice.status("pump.service")
aioservice.status("bump")
