# `_child_tasks`: the names of a service's tasks beside its main task, as asyncmd's services and tools read them.

try:
    import asyncio
    import aioctl
    import aioschedule
    from aioclass import Service
except ImportError:
    print("SKIP")
    raise SystemExit


async def forever(service):
    while True:
        await asyncio.sleep(1)


async def main():
    a, b = Service("a"), Service("b")
    print(list(a._child_tasks), "x" in a._child_tasks)
    a.add_ctask(aioctl, forever, "one")
    a.add_ctask(aioctl, forever, "two")
    a.add_ctask(aioctl, forever, "one")  # replaced: still one
    aioctl.add(forever, a, name="a.service")  # its main task is no child
    aioctl.add(forever, a, name="a.service.two")  # a further one
    print(list(a._child_tasks), list(b._child_tasks))

    # taken out by the service itself, as asyncmd's aiomqtt does, and then deleted
    a._child_tasks.remove("a.service.two@1")
    aioctl.delete("a.service.two@1")
    aioctl.delete("a.service.one")
    print(list(a._child_tasks))

    # when the schedule's loop started, and the schedule
    print(aioschedule._AIOCTL_SCHEDULE_T0, aioschedule._AIOCTL_SCHEDULE_GROUP is aioschedule.group())
    aioctl.add(aioschedule.schedule_loop)
    await asyncio.sleep(0)
    since = aioctl.group().tasks["schedule_loop"].since
    print(abs(aioschedule._AIOCTL_SCHEDULE_T0 - since) <= 1)


asyncio.run(main())
