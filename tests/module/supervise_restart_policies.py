# Which ends call for a restart: a return is a clean end, an exception a failure, a cancel neither.

import _clock
from _clock import asyncio, now
from _services import aioctl, aioservice, service

aioservice.quiet()  # what is told is not what is tested

starts = {}


def started(name):
    starts.setdefault(name, []).append(now() - base)
    return len(starts[name])


async def cancel(task):
    task.cancel()


ENDS = {
    "returns": "return 1",
    "raises": "raise ValueError('no')",
    "cancelled": "asyncio.create_task(test.cancel(asyncio.current_task())); await asyncio.sleep(9)",
}
FORMS = "'never'", "'on_failure'", "'on_success'", "'always'", "True", "False", "None", "{}", "{'policy': 'never'}"

names = {}
for n, form in enumerate(FORMS):
    for end in sorted(ENDS):
        name = "s%d_%s" % (n, end)
        names[name] = form
        # the second run goes on
        body = """
    restart = %s
    @aioctl.aiotask
    async def task(self):
        if test.started(self.name) > 1:
            await asyncio.sleep(1000)
        %s
"""
        service(name, body % (form, ENDS[end]))
service(
    "unsaid",
    """
    @aioctl.aiotask
    async def task(self):
        test.started(self.name)
        1 / 0
""",
)


async def main():
    global base
    for name in names:
        aioservice.service(name).enabled = True
    base = now()
    aioservice.init(debug=False, config=False)
    aioservice.load("unsaid")
    await asyncio.sleep(2)
    for n, form in enumerate(FORMS):
        print(form)
        for end in sorted(ENDS):
            name = "s%d_%s" % (n, end)
            print("   ", end, starts[name], aioctl.group().tasks[name + ".service"].state)
    print("no attribute", starts["unsaid"], aioctl.group().tasks["unsaid.service"].state)


asyncio.run(main())
