# Bytes of the collector's heap that the services of the folder take: `heap_found.py found` where aioservice finds
# and imports them, `heap_found.py import` where a program imports the same modules. None is loaded.
import gc
import os
import sys

import aioclass
import aioctl
import aioservice

PLACE = "aioservices/services"
PACKAGE = PLACE.replace("/", ".")


# Wipes from the stack what lies there, which the collector would take for references.
def wipe(depth):
    return depth and wipe(depth - 1)


def mem():
    wipe(100)
    # Twice: what the first collection unlinks, the second one frees.
    gc.collect()
    gc.collect()
    return gc.mem_alloc()


def find():
    assert aioservice.service()


def import_all():
    for name in sorted(entry[0] for entry in os.ilistdir(PLACE)):
        __import__(f"{PACKAGE}.{name[:-3]}", None, None, ("service",))


def main(what):
    # What is made once, at the first touch.
    aioclass.Service
    aioctl.group()
    sys.path.append("")  # the folder it is run in
    start = mem()
    {"found": find, "import": import_all}[what]()
    print("bench: heap", mem() - start)


main(sys.argv[1])
