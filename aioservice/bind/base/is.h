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

// None in place of MP_OBJ_NULL.
mp_obj_t asvc_or_none(mp_obj_t obj);

// Whether these bytes are UTF-8, where strings are.
bool asvc_is_utf8(const char *text, size_t len);

#endif
