// aioctl.aiotask, and what functions are called.
#ifndef ASVC_TASK_FUNCTION_H
#define ASVC_TASK_FUNCTION_H

#include "py/obj.h"

extern const mp_obj_type_t asvc_type_function; // what aioctl.aiotask makes of a function

// The function under aiotask's decoration, or fun itself.
mp_obj_t asvc_function_of(mp_obj_t fun);
// Its name, that by which a built-in module has it, or that of its type where there is none.
mp_obj_t asvc_function_name(mp_obj_t fun);

MP_DECLARE_CONST_FUN_OBJ_1(asvc_aiotask_obj);

#endif
