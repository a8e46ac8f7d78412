// on_stop and on_error: what a task does when it was stopped or has failed. They are given to add(), or are methods
// of a service.
#ifndef ASVC_TASK_HOOKS_H
#define ASVC_TASK_HOOKS_H

#include "bind/task/task.h"

#if ASVC_SUPERVISION

// Whether a key of named arguments is one's name.
static inline bool asvc_is_hook(mp_obj_t key) {
    return asvc_is_key(key, MP_QSTR_on_stop) || asvc_is_key(key, MP_QSTR_on_error);
}

// Calls on_stop(*args, **kwargs), or on_error(exc, *args, **kwargs) where exc is not MP_OBJ_NULL, and
// answers the task's result. What is no function stands for itself; an async one does not run, which is said, and the
// result is None. Raises what it raises.
mp_obj_t asvc_hooks_call(asvc_task_t *self, mp_obj_t exc);

#else

// They are arguments like any other then.
static inline bool asvc_is_hook(mp_obj_t key) {
    (void)key;
    return false;
}

static inline mp_obj_t asvc_hooks_call(asvc_task_t *self, mp_obj_t exc) {
    (void)self;
    return exc == MP_OBJ_NULL ? mp_const_none : exc;
}

#endif

#endif
