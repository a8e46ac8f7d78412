# What Python gives a class: property, __call__, __getattr__, repr and the rest.

try:
    import aioclass
except ImportError:
    print("SKIP")
    raise SystemExit


class S(aioclass.Service):
    def __init__(self, name):
        super().__init__(name)
        self._n = 1

    @property
    def n(self):
        return self._n

    @n.setter
    def n(self, value):
        self._n = value * 2

    def __call__(self, *args, **kwargs):
        return (self.name, args, kwargs)

    def __len__(self):
        return 3

    def __eq__(self, other):
        return self.name == other.name

    def __hash__(self):
        return 5


s = S("a")
s.n = 4
print(s.n, s._n)
print(s(), s(1, key=2), callable(s), callable(aioclass.Service("x")))
print(len(s), s == S("a"), s == S("b"), {s: 1}[S("a")])


# what is not found is asked of __getattr__; defaults are found
class Getattr(aioclass.Service):
    def __getattr__(self, attr):
        if attr == "magic":
            return "found"
        raise AttributeError(attr)


g = Getattr("g")
print(g.magic, g.type, g.loaded, g.log, hasattr(g, "other"))

# repr, str and format are the same line
s.path = "./a_service.py"
print(s, repr(s), str(s), "%s" % s, "{}".format(s), [s])


# a repr of one's own, on top of ours
class Repr(aioclass.Service):
    def __repr__(self):
        return "<" + super().__repr__() + ">"


r = Repr("r")
r.path = "there"
print(r, aioclass.Service.__repr__(r))
