# init and schedule services: they wait for their time, and schedule_loop is added where there are any.

from _services import asyncio, aioctl, aioservice, service, file, turns
import aioschedule

TASK = """
    type = "schedule.service"
    enabled = True

    def __init__(self, name):
        super().__init__(name)
        self.schedule = {"start_in": 0, "repeat": 1000}

    @aioctl.aiotask
    async def task(self):
        print(self.name, "runs")
        return 42
"""
service("due", TASK)
service("later", TASK)
service("bad", TASK)
file(
    "services.config",
    """{
    "later": {"kwargs": {"schedule": {"start_in": 1000, "repeat": false}}},
    "bad": {"kwargs": {"schedule": {"start_in": "x"}}}
}""",
)


async def main():
    aioservice.init(init_schedule=False)
    print(sorted(aioctl.tasks_match("*")), aioschedule.group()["later.service"]["start_in"])
    t = aioctl.group().tasks["due.service"]
    print(t.state, t.task.done(), aioctl.tasks())
    aioctl.delete("*")
    print(aioschedule.group())

    aioservice.init()
    print(sorted(aioctl.tasks_match("*")))
    await turns(6)
    print([(name, aioctl.group().tasks[name].state) for name in ("due.service", "later.service", "schedule_loop")])
    print(aioctl.result("due.service"), aioctl.result("later.service"))
    print(aioservice.traceback("bad", rtn=True).rstrip().split("\n")[-1])

    # a second init does not double the loop, nor run again what rests between two of its times
    aioservice.init(debug=False)
    await turns(6)
    print(aioctl.tasks_match("schedule_loop*"), aioctl.group().tasks["due.service"].state)


asyncio.run(main())
