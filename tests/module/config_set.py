# config(), enable() and disable() answer True and store; get_config() shows what is stored.

from _scratch import aioservice, os, enter, get, leave, put


enter("config_set_scratch")

# no file: no configuration
print(aioservice.get_config(), aioservice.get_config("hello"))

# only what was given is stored
print(aioservice.config("hello", True, 3, 2))
print(aioservice.get_config("hello"))
print(aioservice.enable("plain"), aioservice.get_config("plain"))

# enable and disable keep args and kwargs
print(aioservice.config("net", True, "a", key="old", other=1))
print(aioservice.disable("net"), aioservice.get_config("net")["args"])

# kwargs are merged into the stored ones; args are kept unless new ones are given
print(aioservice.config("net", True, key="new"))
entry = aioservice.get_config("net")
print(entry["enabled"], entry["args"], sorted(entry["kwargs"].items()))
print(aioservice.config("net", True, "b", "c"))
entry = aioservice.get_config("net")
print(entry["args"], sorted(entry["kwargs"].items()))

# everything JSON can hold comes back as it was, tuples as lists
values = (None, True, False, 0, -7, 1 << 29, 1.5, "", 'q" \\ \n \t', (1, (2, [])), {"k": {"l": [1]}}, {})
print(aioservice.config("all", True, *values))
for value in aioservice.get_config("all")["args"]:
    print(repr(value))

# keys that this version does not know stay
put("services.config", b'{"a": {"restart": {"policy": "x"}, "enabled": true}, "b": {"enabled": false}}')
print(aioservice.disable("a"))
print(aioservice.get_config())

# the file is JSON for other programs and a service a line for people
import json

print(json.loads(get("services.config")) == aioservice.get_config())
print(get("services.config").decode(), end="")

# the state before the last change is kept beside it, nothing else is left over
print(b'"enabled": true' in get("services.config.bak"), sorted(os.listdir()))

leave("config_set_scratch")
