# A broken services.config is reported and put aside, the last good one is used, and all works on.

from _scratch import aioservice, os, clear, enter, get, leave, put


enter("config_broken_scratch")
good = b'{"good": {"enabled": true}}'


def check(broken):
    clear()
    put("services.config", broken)
    put("services.config.bak", good)
    config = aioservice.get_config()
    again = aioservice.get_config()  # says nothing more
    print(config, again == config, get("services.config.bad") == broken, get("services.config") == good)


# cut off anywhere, as a write without power may leave it
whole = b'{"a": {"enabled": true, "args": [1, "x"]}}'
for n in (0, 1, 3, 6, 20, 34, 36, len(whole) - 1):
    check(whole[:n])

# not JSON, not an object, not text
for broken in (
    b"hello",
    b"[1, 2]",
    b'{"a": {"enabled": True}}',
    b"{'a': {}}",
    b'{"a": {"args": [1, 2}}',
    b'{"a": {}\n,\n "b" {}}',
    b'{"a": {}} {"b": {}}',
    b"{1: {}}",
    b'{"a": {"x": "\\y"}}',
    b'{"a": {"x": 1.}}',
    b'{"a": {"x": [{"y": -1e999}]}}',
    b"\x00" * 40,
    b'{"a": {}}\x00',
    b"\x89PNG\r\n\x1a\n",
    b'{"a": ' + b"[" * 500 + b"]" * 500 + b"}",
):
    check(broken)

# a byte order mark and a comma too many are not broken
put("services.config", b'\xef\xbb\xbf{"a": {"enabled": true, "args": [1,],},}\r\n')
print(aioservice.get_config())

# no last good one: no configuration, and the services can be configured anew
clear()
put("services.config", b"broken")
print(aioservice.get_config(), sorted(os.listdir()))
print(aioservice.config("hello", True, 1), aioservice.get_config())

# config, enable and disable start from the last good one
for change in (aioservice.enable, aioservice.disable, lambda name: aioservice.config(name, True, 5)):
    clear()
    put("services.config", b"{")
    put("services.config.bak", good)
    print(change("hello"), aioservice.get_config())

# a second mistake, and a third: the last good one is still there
clear()
put("services.config.bak", good)
for broken in b"{", b"{{", b"[":
    put("services.config", broken)
    print(aioservice.get_config(), get("services.config.bad") == broken)

# the last good one is broken as well
clear()
put("services.config", b"{")
put("services.config.bak", b"{{")
print(aioservice.get_config(), aioservice.enable("x"), aioservice.get_config())

# a folder of that name cannot be read: it is not touched, said once, and nothing is changed
clear()
os.mkdir("services.config")
put("services.config.bak", good)
print(aioservice.get_config(), aioservice.get_config("good"))
print(aioservice.enable("x"), sorted(os.listdir()))
os.rmdir("services.config")

leave("config_broken_scratch")
