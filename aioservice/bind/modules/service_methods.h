// The methods of aioclass.Service, and the defaults of its attributes.
#ifndef ASVC_MODULES_SERVICE_METHODS_H
#define ASVC_MODULES_SERVICE_METHODS_H

#include "py/obj.h"

// What the class is built from: bind/service/service_class.c.
extern const mp_obj_dict_t asvc_service_locals;

#endif
