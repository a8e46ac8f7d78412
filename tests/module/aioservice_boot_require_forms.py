# How to say what a core service requires: attribute or kwargs["require"], one name or several.

from _services import asyncio, aioctl, aioservice, core, config

TASK = """
    @aioctl.aiotask
    async def task(self, require="not given"):
        order.append(self.name)
        return require

    %s
""".replace("order", "test.order")
INIT = """
    def __init__(self, name):
        super().__init__(name)
        self.kwargs["require"] = %s
"""
core("z", TASK % "")
# an attribute is not handed to the task, kwargs are
core("a_str", TASK % 'require = "z"')
core("a_list", TASK % 'require = ["z"]')
core("a_tuple", TASK % 'require = ("z",)')
core("a_suffix", TASK % 'require = "z.service"')
core("a_twice", TASK % 'require = ["z", "z", "z.service"]')
core("a_kwargs", TASK % "" + INIT % '"z"')
core("a_kwargs_list", TASK % "" + INIT % '["z", "a_str"]')
core("a_config", TASK % "")
core("a_config_wins", TASK % "" + INIT % '"nothing there"')
# kwargs come before the attribute
core("a_both", TASK % 'require = "nothing there"' + INIT % '"z"')
# and a task that has no parameter of that name does not get it
core(
    "a_no_parameter",
    "    @aioctl.aiotask\n    async def task(self):\n        test.order.append(self.name)\n" + INIT % '"z"',
)
config(a_config={"kwargs": {"require": ["z"]}}, a_config_wins={"kwargs": {"require": "z"}})
order = []


async def main():
    results = await aioservice.boot(debug=False)
    for name in sorted(results):
        print(name, results[name])
    print(order[0], order.index("a_str") < order.index("a_kwargs_list"), len(order))


asyncio.run(main())
