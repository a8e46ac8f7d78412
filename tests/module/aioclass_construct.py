# Making a Service: explicit and super().__init__, by position and by keyword.

try:
    import aioclass
except ImportError:
    print("SKIP")
    raise SystemExit


class Super(aioclass.Service):
    def __init__(self, name):
        super().__init__(name, info="by keyword")
        self.extra = 5


class Explicit(aioclass.Service):
    def __init__(self, name):
        aioclass.Service.__init__(self, name, "by position", False)


class Plain(aioclass.Service):
    pass


s = Super("a")
print(s.name, s.info, s.loaded, s.extra)
s = Explicit("b")
print(s.name, s.info, s.loaded)
s = Plain("c", loaded=False, info="i")
print(s.name, s.info, s.loaded)
print(Plain(name="d").name, aioclass.Service("e").name)

# defaults
s = Plain("f")
print(repr(s.path), repr(s.info), s.type, repr(s.docs), s.enabled, s.loaded, s.args, s.kwargs, s.log)
print(hasattr(s, "schedule"), hasattr(s, "task"), hasattr(s, "show"))

# a name is a str, and it is needed
for make in (
    lambda: Plain(5),
    lambda: Plain(None),
    lambda: Plain(name=b"bytes"),
):
    try:
        make()
    except TypeError as e:
        print(e)
for make in (lambda: Plain(), lambda: Plain("a", "b", True, 4), lambda: Plain("a", other=1)):
    try:
        make()
    except TypeError:
        print("TypeError")
