# What asyncmd's programs take apart and look into: a decorated task, the group, a service's logger, the log as a stream.

from _services import asyncio, turns

try:
    import aioctl
    import aioschedule
    from aioclass import Service
    from aiolog import AioStream, getLogger

    aioctl.get_datetime
except (ImportError, AttributeError):
    print("SKIP")
    raise SystemExit


@aioctl.aiotask
async def step(n):
    return n + 1


async def main():
    # a pair of function and name
    function, name = step
    print(len(step), name, step[1], step[0] is function, bool(step), {step: 1}[step])
    print(await step[0](1), await step(2))
    for wrong in lambda: step[2], lambda: step.__setitem__(0, 1):
        try:
            wrong()
        except (IndexError, AttributeError) as exc:
            print(type(exc).__name__)
    try:
        step[0] = 1
    except TypeError:
        print("TypeError")

    # a task without a name in the table gets one
    for _ in range(2):
        task = aioctl.create_task(step, 1)
        aioctl.group().add_task(task)
        aioctl.group().add_task(task)
    await turns()
    late = aioctl.create_task(step, 2, name="late")
    await turns()
    aioctl.group().add_task(late)
    print([(name, aioctl.result(name)) for name in sorted(aioctl.group().tasks)])
    try:
        aioctl.group().add_task(step)
    except TypeError as exc:
        print(exc)

    print(aioctl._DEBUG)
    aioctl.debug()
    print(aioctl._DEBUG)
    aioctl.debug()
    aioschedule.status_sc_all()

    # the logger of a service
    stream = AioStream(200)
    service = Service("mqtt")
    log = getLogger("root", stream)
    service.add_logger(log, service_logger=True)
    print(service.log.getLoggerName(), service.log.getLoggerName("ping"), service.log.getLoggerName(cname="ping"))
    print(service.log.logger is log, hasattr(log, "getLoggerName"), hasattr(log, "logger"))

    # the log as a stream: read() goes on at the place, within a line, too
    log = AioStream(64)
    print(repr(log.getvalue()), repr(log.read()))
    log.write("one\ntwo\nno end")
    print(repr(log.getvalue()), repr(log.read()), log.seek(0))
    print(repr(log.read(2)), log.tell(), repr(log.readline()), repr(log.read(100)), log.tell(), repr(log.read(1)))
    log.seek(0)
    print(repr(log.read(5)), list(log), log.seek(0), repr(log.read()))
    log.write("\n")
    log.seek(0)
    log.read(1)
    # lines that leave take what was passed of them along
    for i in range(12):
        log.write("line %d\n" % i)
    print(repr(log.read(6)), repr(log.readline()))
    log.seek(0)
    print(log.read() == log.getvalue(), len(log.getvalue()))
    pieces = AioStream(64)
    for i in range(40):
        pieces.write("é%d\n" % i)
    pieces.seek(0)
    text = ""
    while True:
        piece = pieces.read(3)
        if not piece:
            break
        text += piece
    print(text == pieces.getvalue(), text.split()[-1])


asyncio.run(main())
