# Attributes of a service are plain and its own.

try:
    import aioclass
except ImportError:
    print("SKIP")
    raise SystemExit


class S(aioclass.Service):
    info = "of the class"


a = S("a")
b = S("b")

# args and kwargs belong to one instance
a.args.append(1)
a.kwargs["key"] = 2
print(a.args, a.kwargs, b.args, b.kwargs)

# set at run time, one instance only
a.docs = "https://example.org"
a.type = "core.service"
a.schedule = {"start_in": 5}
a.new = [1]
print(a.docs, a.type, a.schedule, a.new)
print(repr(b.docs), b.type, hasattr(b, "schedule"), hasattr(b, "new"))

# renamed
a.name = "c"
print(a, a.name)

# a class's value holds until an instance has its own, and again when that is deleted
print(a.info)
a.info = "of the instance"
print(a.info, b.info)
del a.info
print(a.info)

# a value set on the class is seen by its instances
S.docs = "of the class"
print(b.docs, aioclass.Service("x").docs == "")

# setattr and getattr
setattr(b, "enabled", True)
print(getattr(b, "enabled"), getattr(b, "missing", "not there"))
try:
    b.missing
except AttributeError:
    print("AttributeError")
