// The attributes of services: what an instance of a subclass of aioclass.Service sets, and where.
#ifndef ASVC_BASE_SERVICE_ATTR_H
#define ASVC_BASE_SERVICE_ATTR_H

#include "py/obj.h"

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
