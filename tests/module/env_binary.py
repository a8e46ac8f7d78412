# A `.env` that is no text is reported once, as a whole, and then there are no values.

try:
    import os
    import aioctl
    import aioservice

    os.mkdir, os.chdir, open
except (ImportError, AttributeError, NameError):
    print("SKIP")
    raise SystemExit

aioctl.color(False)


def clear():
    for name in os.listdir():
        os.remove(name)


def enter(folder):
    try:
        os.mkdir(folder)
    except OSError as e:
        if e.errno != 17:  # EEXIST: left by a run that was broken off
            print("SKIP")
            raise SystemExit
    os.chdir(folder)
    clear()


def leave(folder):
    clear()
    os.chdir("..")
    os.rmdir(folder)


def put(name, data):
    with open(name, "wb") as f:
        f.write(data)


def get(name):
    with open(name, "rb") as f:
        return f.read()


enter("env_binary_scratch")
put(".env", b"A=1\n\x00\x01\x02\n\xff\n" * 20)
print(aioctl.getenv("A"), aioctl.getenv("A", "alt"))
leave("env_binary_scratch")
