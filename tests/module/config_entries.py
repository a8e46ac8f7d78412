# An entry or value of the wrong type is reported once, taken as absent, and stays in the file.

from _scratch import aioservice, enter, leave, put


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
