// aioclass.Service: an ordinary Python class, built from C the first time it is asked for.
//
// A native base type would not do: inherited methods would get the inner native object as self. So
// this is a real class whose methods are C functions that bind self: bind/modules/service_methods.c. Its plain
// attributes have their defaults on the class, so that an instance holds only what was set on it; args and
// kwargs are each instance's own.
#ifndef ASVC_BIND_SERVICE_CLASS_H
#define ASVC_BIND_SERVICE_CLASS_H

#include "py/obj.h"

// The class. May raise MemoryError the first time.
mp_obj_t asvc_service_class(void);

// service.ATTR, or MP_OBJ_NULL where there is no such attribute. Raises what a property raises.
mp_obj_t asvc_service_attr(mp_obj_t service, qstr attr);
// The same, but MP_OBJ_NULL where a property raises an Exception: one service's must not stop what is
// done for all.
mp_obj_t asvc_service_attr_quiet(mp_obj_t service, qstr attr);

// An attribute that the service sets: on the instance, or in a class below Service. MP_OBJ_NULL where
// there is only Service's default.
mp_obj_t asvc_service_set_attr(mp_obj_t service, qstr attr);

// Whether the service sets an attribute, on the instance or in a class below Service, for whose name wanted
// answers true.
bool asvc_service_sets_any(mp_obj_t service, bool (*wanted)(qstr attr, void *arg), void *arg);

// An attribute as it was set, on the instance or in its class: methods unbound, properties not asked. MP_OBJ_NULL
// where there is none.
mp_obj_t asvc_service_unbound_attr(mp_obj_t service, qstr attr);

// What to run: the attribute `task`, unbound (the service is passed as first argument by whoever adds
// it), or MP_OBJ_NULL where there is none.
mp_obj_t asvc_service_task_function(mp_obj_t service);

#endif
