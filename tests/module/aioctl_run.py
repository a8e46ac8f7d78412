# run() starts what neither runs nor waits, and runs the loop until all have ended.

try:
    import asyncio
    import aioctl
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit

runs = []


async def job(name, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    runs.append(name)
    return name


async def fails():
    raise ValueError("one that fails ends nobody else")


async def due():
    runs.append("due")


print(aioctl.run(), runs)
aioctl.add(job, "a", 3, name="a")
aioctl.add(fails)
aioctl.add(job, "b", 9, name="b")
aioschedule.schedule("due", start_in=1000)
aioctl.add(due)
print(aioctl.run(), runs, aioctl.result("a"), aioctl.group().tasks["b"].state)
print(aioctl.group().tasks["due"].state)

# what has ended runs again
aioctl.delete("b")
print(aioctl.run(), runs)


# a KeyboardInterrupt ends it
async def interrupt():
    raise KeyboardInterrupt


aioctl.add(interrupt)
try:
    aioctl.run()
except KeyboardInterrupt:
    print("KeyboardInterrupt")
