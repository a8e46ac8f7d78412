// What asyncmd's tools read of tasks of services.
#ifndef ASVC_TASK_ASYNCMD_NAMES_H
#define ASVC_TASK_ASYNCMD_NAMES_H

#include "bind/task/task.h"
#include "core/config.h"

#if ASVC_ASYNCMD

// Names that asyncmd's tools read of a task's record; MP_OBJ_NULL for any other.
mp_obj_t asvc_asyncmd_task_attr(const asvc_task_t *task, qstr attr);

// Notes a task that belongs to a service and is not its main task in the service's attribute `_child_tasks`, or takes
// it off there. Adding may raise MemoryError.
void asvc_asyncmd_add_child(const asvc_task_t *task);
void asvc_asyncmd_remove_child(const asvc_task_t *task);

#else

static inline void asvc_asyncmd_add_child(const asvc_task_t *task) {
    (void)task;
}

static inline void asvc_asyncmd_remove_child(const asvc_task_t *task) {
    (void)task;
}

static inline mp_obj_t asvc_asyncmd_task_attr(const asvc_task_t *task, qstr attr) {
    (void)task;
    (void)attr;
    return MP_OBJ_NULL;
}

#endif

#endif
