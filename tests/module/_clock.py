# Hours in milliseconds: asyncio on a tick clock that stands still until all tasks sleep, and then jumps to
# where the first one wakes. To be imported before aioctl, which takes its start from that clock.

try:
    import asyncio
    import time

    import testclock
except ImportError:
    print("SKIP")
    raise SystemExit

testclock.set(0)

wakeups = 0  # how often the loop waited for its next task


class NoWait:
    map = {}

    def wait_io_event(self, ms):
        global wakeups
        if ms > 0:
            wakeups += 1
            testclock.advance(ms)


asyncio.core._io_queue = NoWait()


# Milliseconds since the test began.
def now():
    return time.ticks_diff(time.ticks_ms(), 0)
