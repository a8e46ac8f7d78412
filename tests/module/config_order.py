# The order of the services in the file is the order they are started in: it is shown and kept.

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


enter("config_order_scratch")

# in the order of the file; an entry as enabled, args, kwargs, then the others
put(
    "services.config",
    b"""{
  "watcher": {"kwargs": {"z": 1, "y": {"n": 1, "m": 2}, "x": 3}, "enabled": true, "args": [3, 2]},
  "devop": {"require": "watcher", "after": "b", "enabled": false},
  "alpha": {"enabled": true}
}""",
)
print(aioservice.get_config())

# a change keeps the order, a new service comes last
aioservice.config("mid", True)
aioservice.disable("watcher")
aioservice.enable("devop")
print(list(aioservice.get_config()))
print(list(aioservice.get_config("devop")))
print(list(aioservice.get_config("watcher")["kwargs"]))

# of two entries of one name the later holds, at the place of the first
put("services.config", b'{"a": {"enabled": true}, "b": {"enabled": true}, "a": {"enabled": false}}')
print(aioservice.get_config())

# braces, quotes and escapes in names and strings do not confuse the order
put(
    "services.config",
    rb'{"}{": {"args": ["],}", "\"}", "\\"]}, "\u0061\"": {}, "a,b": {"args": [[{"q": "}"}]]}}',
)
print(aioservice.get_config())

# the dict is the caller's own: changing it changes nothing stored
config = aioservice.get_config()
config["new"] = 1
del config["}{"]
print(list(config), list(aioservice.get_config()))

# many services
try:
    names = ["s%d" % (i * 7919 % 211) for i in range(200)]
    put("services.config", ("{" + ",".join('"%s":{"enabled":true}' % s for s in names) + "}").encode())
    print(list(aioservice.get_config()) == names)
    print(aioservice.disable(names[99]), list(aioservice.get_config()) == names)
    config = aioservice.get_config()
    print([s for s in config if not config[s]["enabled"]] == [names[99]])
except MemoryError:
    leave("config_order_scratch")
    print("SKIP")
    raise SystemExit

leave("config_order_scratch")
