# A name that is taken again and again: of the copies that have ended the latest are kept, and those that go on.

from _services import aioctl, asyncio, turns


async def quick(n):
    return n


async def slow():
    await asyncio.sleep(1000)


async def main():
    aioctl.add(slow, name="request")
    for i in range(500):
        if i == 100:
            aioctl.add(slow, name="request")  # request@101
        aioctl.add(quick, i, name="request")
        aioctl.add(quick, i, name="other")
        await turns(2)
    tasks = aioctl.group().tasks
    numbers = sorted(int(name[8:]) for name in tasks if name[:8] == "request@")
    print(len(numbers) < 40, numbers[0], numbers[1] > 460, numbers[-1])
    print(sorted(name for name, task in tasks.items() if task.state == "running"))
    print(aioctl.group().tasks["request@501"].task is not None)
    aioctl.result("request@501")
    print(len([name for name in tasks if name[:5] == "other"]) < 40, "other" in tasks)


asyncio.run(main())
