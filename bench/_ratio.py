# How long two things take, side by side.
import gc
import time


def timed(act):
    gc.collect()
    start = time.time_ns()
    act()
    return time.time_ns() - start


def median(values):
    return sorted(values)[len(values) // 2]


# Answers the median of the times of ours by those of the other's, and the median times, in ns. Each act
# should take a millisecond or two: shorter than the time slices of other programs.
def compare(ours, other, rounds=301):
    timed(ours)
    timed(other)
    ratios, times, other_times = [], [], []
    for k in range(rounds):
        # Who goes first alternates, so that neither always has the warmer cache.
        if k % 2:
            mine, theirs = timed(ours), timed(other)
        else:
            theirs, mine = timed(other), timed(ours)
        ratios.append(mine / theirs)
        times.append(mine)
        other_times.append(theirs)
    return median(ratios), median(times), median(other_times)
