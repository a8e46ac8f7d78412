# create_task answers a record that runs and stands in no table.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def double(x):
    await asyncio.sleep(0)
    return 2 * x


@aioctl.aiotask
async def fail():
    raise ValueError("x")


async def main():
    record = aioctl.create_task(double, 21)
    print(record.name, record.state, record.args, aioctl.group().tasks)
    print(await record.task, record.state)
    failing = aioctl.create_task(fail, name="f", on_error=lambda exc: "handled")
    print(failing.name, await failing.task, failing.state)
    stopped = aioctl.create_task(double(3), name="coroutine")
    stopped.task.cancel()
    print(await stopped.task, stopped.cancelled)
    print(aioctl.tasks(), aioctl.group().tasks)


asyncio.run(main())

try:
    aioctl.create_task(3)
except TypeError as error:
    print(error)
