// Which named arguments a Python function takes.
//
// aioservice hands a service's task a `log`, and a core service's `require`, which the task may have
// no use for. MicroPython has no inspect module; the names stand in the function's bytecode.
#ifndef ASVC_TASK_SIGNATURE_H
#define ASVC_TASK_SIGNATURE_H

#include "py/obj.h"

#include "core/config.h"

typedef enum {
    ASVC_ARG_REFUSED, // a call that names it raises TypeError
    ASVC_ARG_OPTIONAL, // it has a default, or goes into **kwargs
    ASVC_ARG_REQUIRED, // a call that leaves it out raises TypeError
} asvc_arg_t;

// fun: any callable, decorated by aiotask or not. What is no Python function (a C function, a
// closure, a class) can't be looked into: ASVC_ARG_OPTIONAL.
#if ASVC_LOG || ASVC_BOOT || ASVC_SUPERVISION
asvc_arg_t asvc_signature_arg(mp_obj_t fun, qstr name);
// The name of the positional argument at that place, from 0 on, where a call has to give it; else MP_QSTRnull.
qstr asvc_signature_required(mp_obj_t fun, size_t at);
#else
// Then aioservice hands out neither: what is there is the user's.
static inline asvc_arg_t asvc_signature_arg(mp_obj_t fun, qstr name) {
    (void)fun;
    (void)name;
    return ASVC_ARG_REQUIRED;
}
#endif

#endif
