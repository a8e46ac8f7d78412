# What is no name, no path and no dict is refused, and no file that is open is read.

from _scratch import aioctl


def check(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except TypeError as e:
        print(e)


for envfile in (0, 3, False, b".env", [".env"]):
    check(aioctl.getenv, "X", envfile=envfile)
check(aioctl.getenv, 5)
check(aioctl.setenv, [("X", "1")])
print(aioctl.getenv("X", "alt", envfile="no_such_file"))
