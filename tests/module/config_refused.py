# What JSON cannot hold is refused by an error that says where it is, before anything is written.

from _scratch import aioservice, os, enter, get, leave


enter("config_refused_scratch")
aioservice.config("hello", True, 1)
before = get("services.config")


def function():
    pass


class Text(str):
    pass


itself = []
itself.append(itself)
deep = 1
for _ in range(20):
    deep = [deep]
print(aioservice.config("hello", True, cb=function))
print(aioservice.config("hello", True, 1, b"bytes"))
print(aioservice.config("hello", True, pins={"led": [2, {3}]}))
print(aioservice.config("hello", True, {"a": {5: "five"}}))
print(aioservice.config("hello", True, object()))
print(aioservice.config("hello", True, float("nan")))
print(aioservice.config("hello", True, x=[float("-inf")]))
print(aioservice.config("hello", True, itself))
print(aioservice.config("hello", True, deep=deep))
print(aioservice.config("hello", True, Text("subclass")))
print(aioservice.config("new", True, range(3)))

# the file is as it was, and nothing else came into being
print(get("services.config") == before, sorted(os.listdir()))

# what is allowed still is
print(aioservice.config("hello", True, 1.5), aioservice.get_config())

leave("config_refused_scratch")
