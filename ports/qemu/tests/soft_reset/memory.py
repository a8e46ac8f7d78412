# How much memory is taken once the modules are there.
import aioctl
import aioschedule
import aioservice
import gc

aioctl.group()
gc.collect()
print("taken:", gc.mem_alloc())
