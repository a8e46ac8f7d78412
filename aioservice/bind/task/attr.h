// What Python reads of a task's record and sets on it, beside what it always has (bind/task/make.c).
#ifndef ASVC_TASK_ATTR_H
#define ASVC_TASK_ATTR_H

#include "bind/task/task.h"

// Answers MP_OBJ_NULL where there is no attribute of that name.
mp_obj_t asvc_task_load_attr(asvc_task_t *self, qstr attr);
// Answers false where there is none that can be set. Raises TypeError or ValueError for a value that does not fit.
bool asvc_task_store_attr(asvc_task_t *self, qstr attr, mp_obj_t value);

void asvc_task_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind);

#endif
