// Arguments of Python-visible functions.
#ifndef ASVC_BASE_ARGS_H
#define ASVC_BASE_ARGS_H

#include "py/obj.h"

// The one argument of a function f(NAME=otherwise), given by position or by name; with otherwise
// MP_OBJ_NULL it has to be given. Raises TypeError for more, for another name, and for none.
mp_obj_t asvc_one_arg(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs, qstr name, mp_obj_t otherwise);

// The same for NAME `name`, the argument most functions have: it has to be given, or is None.
mp_obj_t asvc_name_arg(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs);
mp_obj_t asvc_name_or_none_arg(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs);

// name without a trailing ".service": both are accepted wherever a service is named. Raises TypeError
// "WHAT: expected a str, got TYPE".
mp_obj_t asvc_plain_name(mp_obj_t name, const char *what);

#endif
