// Names by which programs written for asyncmd know the tasks of services. To be called only with ASVC_ASYNCMD.
#ifndef ASVC_TASK_ASYNCMD_NAMES_H
#define ASVC_TASK_ASYNCMD_NAMES_H

#include "bind/task/task.h"

// What asyncmd's tools read of a task's record, `_is_service` and the like; MP_OBJ_NULL for any other name.
mp_obj_t asvc_asyncmd_task_attr(const asvc_task_t *task, qstr attr);

// Notes a task that belongs to a service and is not its main task in the service's attribute `_child_tasks`, or takes
// it off there. Adding may raise MemoryError.
void asvc_asyncmd_add_child(const asvc_task_t *task);
void asvc_asyncmd_remove_child(const asvc_task_t *task);

#endif
