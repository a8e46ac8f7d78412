# add: what cannot be a task is refused at once, wrong arguments are the task's own failure.

try:
    import asyncio
    import aioctl
except ImportError:
    print("SKIP")
    raise SystemExit


async def one(n):
    return n


for thing in (5, None, "one", [one]):
    try:
        aioctl.add(thing)
    except TypeError as e:
        print(e)
for name in (5, b"one"):
    try:
        aioctl.add(one, 1, name=name)
    except TypeError as e:
        print(e)
try:
    aioctl.add()
except TypeError:
    print("TypeError")
try:
    aioctl.add(one, *range(300))
except ValueError as e:
    print(e)
print(len(aioctl.group().tasks))


async def main():
    aioctl.add(one, name="none")
    aioctl.add(one, 1, 2, name="two")
    aioctl.add(one, 1, other=2, name="unknown")
    aioctl.add(one, 1, name="right")
    for name in aioctl.tasks_match("*"):
        result = await aioctl.group().tasks[name].task
        print(name, aioctl.group().tasks[name].state, type(result))


asyncio.run(main())
