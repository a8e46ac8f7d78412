# asyncmd's enable and disable answer nothing. Here they say whether it was stored.

from _services import aioservice, files, file

file("services.config", '{"a": {"enabled": false, "args": [1]}}')
print(aioservice.enable("a"), aioservice.get_config("a"))
print(aioservice.disable("a"), aioservice.get_config("a"))
# of a service that has no entry yet
print(aioservice.get_config("b"), aioservice.enable("b"), aioservice.get_config("b"))
print(aioservice.get_config("c"), aioservice.disable("c"), aioservice.get_config("c"))
# a name with .service is the same
print(aioservice.enable("c.service"), aioservice.get_config("c"))


# where nothing can be stored
def fails(path, mode):
    if "w" in mode:
        raise OSError(28)
    return open_file(path, mode)


open_file = files.open
files.open = fails
print(aioservice.enable("a"), aioservice.disable("b"), aioservice.config("d", True))
files.open = open_file
print(aioservice.get_config("a")["enabled"], aioservice.get_config("b")["enabled"], aioservice.get_config("d"))
