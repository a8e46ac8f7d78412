# No `.env`: no values and no complaint.

from _scratch import aioctl, enter, leave


enter("env_missing_scratch")
print(aioctl.getenv("A"), aioctl.getenv("A", "alt"))
leave("env_missing_scratch")
