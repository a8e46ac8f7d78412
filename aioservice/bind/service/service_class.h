// aioclass.Service: an ordinary Python class, built from C the first time it is asked for.
//
// A native base type would not do: inherited methods would get the inner native object as self. So
// this is a real class whose methods are C functions that bind self: bind/modules/service_methods.c. Its plain
// attributes have their defaults on the class, so that an instance holds only what was set on it; args and
// kwargs are each instance's own.
#ifndef ASVC_BIND_SERVICE_CLASS_H
#define ASVC_BIND_SERVICE_CLASS_H

#include "py/obj.h"

#include "bind/base/service_attr.h"

// The class. May raise MemoryError the first time.
mp_obj_t asvc_service_class(void);

#endif
