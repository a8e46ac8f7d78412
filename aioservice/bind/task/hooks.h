// on_stop and on_error: what a task does when it was stopped or has failed. They are given to add(), or are methods
// of a service.
#ifndef ASVC_TASK_HOOKS_H
#define ASVC_TASK_HOOKS_H

#include "bind/task/task.h"

// Whether a key of named arguments is one's name. Without supervision they are arguments like any other.
static inline bool asvc_is_hook(mp_obj_t key) {
    return ASVC_SUPERVISION && (asvc_is_key(key, MP_QSTR_on_stop) || asvc_is_key(key, MP_QSTR_on_error));
}

// Calls on_stop(*args, **kwargs), or on_error(exc, *args, **kwargs) where exc is not MP_OBJ_NULL, and
// answers the task's result. What is no function stands for itself; an async one does not run, which is said, and the
// result is None. Raises what it raises.
mp_obj_t asvc_hooks_call(asvc_task_t *self, mp_obj_t exc);

#endif
