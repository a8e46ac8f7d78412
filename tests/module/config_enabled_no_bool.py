# config(name, enabled): what is no bool is refused; "false" and a forgotten True would both count as true.

from _services import aioservice, config, files

config(fan={"enabled": False})
before = files.data["services.config"]
print(aioservice.config("fan", "false"), aioservice.config("fan", 200), aioservice.config("fan", None))
print(files.data["services.config"] == before, aioservice.config("fan", True), aioservice.get_config("fan"))
