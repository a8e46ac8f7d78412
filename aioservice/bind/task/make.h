// The type of supervised tasks, and how one is made.
#ifndef ASVC_TASK_MAKE_H
#define ASVC_TASK_MAKE_H

#include "bind/task/task.h"

extern const mp_obj_type_t asvc_type_task;

// A task with its arguments, without a record. args: n_args positional ones, then n_kw pairs whose
// keys are interned str. on_stop and on_error among the pairs are the hooks. fun: a coroutine function, plain or
// decorated by aiotask, or a coroutine object. Raises TypeError for another fun, ValueError for too many arguments,
// MemoryError.
asvc_task_t *asvc_task_new(mp_obj_t fun, mp_obj_t name, size_t n_args, size_t n_kw, const mp_obj_t *args);

// The task that a call names: coro, *args, name=None, **kwargs. Without a name it has its
// function's. Raises what asvc_task_new raises.
asvc_task_t *asvc_task_of_call(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs);

// A new run of a task: its function, name and place in lists, and its arguments as they
// are now (`.kwargs` may have been changed). It is old itself where that has made no step.
asvc_task_t *asvc_task_again(asvc_task_t *old);

// Allocates asyncio's Task. wait: it is not to be queued, and looks to asyncio like a task that is done.
void asvc_task_prepare(asvc_task_t *self, bool wait);

#endif
