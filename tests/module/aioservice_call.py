# call: a service that can be called.

from _services import aioservice, service

service(
    "a",
    """
    def __call__(self, stream=None):
        print("called", self.name, stream)
        return 42

    @aioctl.aiotask
    async def task(self):
        pass
""",
)
service(
    "b",
    """
    def __call__(self):
        1 / 0

    @aioctl.aiotask
    async def task(self):
        pass
""",
)
service(
    "c",
    """
    @aioctl.aiotask
    async def task(self):
        pass
""",
)

# loaded or not
print(aioservice.call("a"))
print(aioservice.call("a.service"))
# one that has no __call__
print(aioservice.call("c"))
# what it raises is the caller's
try:
    aioservice.call("b")
except ZeroDivisionError as e:
    print(e)
# set at run time
aioservice.service("c").__class__.__call__ = lambda self: "now it can"
print(aioservice.call("c"))
