# A `.env` that is no text is reported once, as a whole, and then there are no values.

from _scratch import aioctl, enter, leave, put


enter("env_binary_scratch")
put(".env", b"A=1\n\x00\x01\x02\n\xff\n" * 20)
print(aioctl.getenv("A"), aioctl.getenv("A", "alt"))
leave("env_binary_scratch")
