# For core services only `require` counts: what they come after makes no circle.

from _services import aioservice, core, service

TASK = "    @aioctl.aiotask\n    async def task(self):\n        pass\n"
core("p", "    after = 'q'\n" + TASK)
core("q", "    after = 'p'\n" + TASK)
core("r", "    require = 's'\n" + TASK)
core("s", "    require = 'r'\n" + TASK)
# with runtime services it does
service("web", "    after = ['q', 'mqtt']\n" + TASK)
service("mqtt", "    after = 'web'\n" + TASK)
print(aioservice.verify())
