# A `.env` that cannot be read (here: a folder) is reported, and then there are no values.

from _scratch import aioctl, os, enter, leave


enter("env_unreadable_scratch")
os.mkdir(".env")
print(aioctl.getenv("A"), aioctl.getenv("A", "alt"))
os.rmdir(".env")
leave("env_unreadable_scratch")
