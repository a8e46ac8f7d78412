# Service is an ordinary class: subclasses of subclasses, mixins, isinstance.

try:
    import aioclass
except ImportError:
    print("SKIP")
    raise SystemExit


class Base(aioclass.Service):
    def __init__(self, name, n):
        super().__init__(name)
        self.n = n

    def who(self):
        return "base " + self.name


class Sub(Base):
    def __init__(self, name):
        super().__init__(name, 7)
        self.sub = True

    def who(self):
        return "sub of " + super().who()


s = Sub("a")
print(s.who(), s.n, s.sub, s.args)
print(isinstance(s, Sub), isinstance(s, Base), isinstance(s, aioclass.Service), isinstance(s, str))
print(issubclass(Sub, aioclass.Service), issubclass(aioclass.Service, Sub), type(s) is Sub)
print(isinstance(5, aioclass.Service), s.__class__.__name__, aioclass.Service.__name__)

# one class, however it is reached
from aioclass import Service

print(Service is aioclass.Service)


# mixins, before and after
class Mixin:
    unit = "C"

    def read(self):
        return self.name + " in " + self.unit


class Before(Mixin, aioclass.Service):
    pass


class After(aioclass.Service, Mixin):
    pass


print(Before("x").read(), After("y").read())
print(isinstance(After("y"), Mixin), Before("x"), After("y").kwargs)


# static and class methods
class Methods(aioclass.Service):
    @staticmethod
    def static(n):
        return n + 1

    @classmethod
    def make(cls, name):
        return cls(name)


print(Methods.static(1), Methods.make("m"), Methods("m").static(2))
