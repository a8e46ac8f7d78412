# The order of the services in the file is the order they are started in: it is shown and kept.

from _scratch import aioservice, enter, leave, put


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
