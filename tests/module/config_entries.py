# An entry or value of the wrong type is reported once, taken as absent, and stays in the file.

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


enter("config_entries_scratch")
put(
    "services.config",
    b"""{"five": 5, "list": [1], "none": null, "fine": {"enabled": true, "args": [1]},
 "odd": {"enabled": "yes", "args": 3, "kwargs": [1], "restart": "always"}}""",
)
print(list(aioservice.get_config()))
print(aioservice.get_config("five"), aioservice.get_config("list"), aioservice.get_config("none"))
print(aioservice.get_config("odd"), aioservice.get_config("fine"))

# others can be changed, and what was odd is still there
print(aioservice.disable("fine"))
print(aioservice.get_config()["five"], aioservice.get_config()["odd"])

# configuring an odd one puts it right
print(aioservice.config("five", True, 1), aioservice.get_config("five"))
print(aioservice.config("odd", False, 4, key=1), aioservice.get_config("odd"))

leave("config_entries_scratch")
