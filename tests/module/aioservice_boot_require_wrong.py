# A requirement that can't be met is named, and only who needs it does not run.

from _services import asyncio, aioctl, aioservice, core, service, config

TASK = """
    require = %s

    @aioctl.aiotask
    async def task(self):
        return "ran"
"""
core("a_missing", TASK % '"nowhere"')
core("b_runtime", TASK % '"is_runtime"')
core("c_failed", TASK % '"broken"')
core("d_disabled", TASK % '"off"')
core("e_disabled", TASK % '"own_off"')
core("f_type", TASK % "5")
core("g_type", TASK % '["fine", 5]')
core("h_second", TASK % '["fine", "nowhere"]')
core("i_chain", TASK % '"a_missing"')
core("j_fine", TASK % '"fine"')
core("fine", TASK % "None")
core("off", TASK % "None")
core("own_off", TASK % "None\n    enabled = False")
service("is_runtime", TASK % "None")
core("broken", "\n    1 / 0")
config(off={"enabled": False})


async def main():
    results = await aioservice.boot()
    for name in sorted(results):
        print(name, repr(results[name]))
    print(sorted(aioctl.tasks_match("*")))


asyncio.run(main())
