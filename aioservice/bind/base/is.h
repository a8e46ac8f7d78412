// What an object or a text is, where MicroPython has it at length.
#ifndef ASVC_BASE_IS_H
#define ASVC_BASE_IS_H

#include "py/obj.h"

// A str, an instance of dict or OrderedDict itself, a list or tuple itself. MP_OBJ_NULL is none of them.
bool asvc_is_str(mp_obj_t obj);
bool asvc_is_dict(mp_obj_t obj);
bool asvc_is_sequence(mp_obj_t obj);

// Whether it is true for Python, or an instance of an exception. MP_OBJ_NULL is neither.
bool asvc_is_true(mp_obj_t obj);
bool asvc_is_error(mp_obj_t obj);

// The size that a float stays below where JSON is to hold it: it then has no more digits before its point than
// ASVC_FLOAT_DIGITS (bind/config/config_json.h), however it is rounded.
#if MICROPY_FLOAT_IMPL == MICROPY_FLOAT_IMPL_DOUBLE
#define ASVC_FLOAT_MOST MICROPY_FLOAT_CONST(9e307)
#else
#define ASVC_FLOAT_MOST MICROPY_FLOAT_CONST(9e37)
#endif

// Whether JSON can hold it, and it holds nothing else: None, bool, int, str, float below ASVC_FLOAT_MOST. Of a subclass it
// cannot: what that prints as is up to it.
bool asvc_is_json_scalar(mp_obj_t obj);

// None in place of MP_OBJ_NULL.
mp_obj_t asvc_or_none(mp_obj_t obj);

// Whether these bytes are UTF-8, where strings are.
bool asvc_is_utf8(const char *text, size_t len);

// Whether obj is an instance of aioclass.Service or of a subclass. Never raises.
bool asvc_is_service(mp_obj_t obj);
// Of such an instance: an attribute set on itself, not on its class, or MP_OBJ_NULL.
mp_obj_t asvc_service_own_attr(mp_obj_t service, qstr attr);
// Its name, or "?" where something that is no str was put there. Belongs to the service.
const char *asvc_service_name(mp_obj_t service, size_t *len);

#endif
