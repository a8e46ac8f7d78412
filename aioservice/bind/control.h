// Starting and stopping tasks as users mean it: with their schedule, and with the children of a service.
#ifndef ASVC_BIND_CONTROL_H
#define ASVC_BIND_CONTROL_H

#include "bind/task.h"

// Starts a task that has ended again; one that asvc_control_stop took out of the schedule is put back into
// it, one that runs is left alone. Answers whether it runs now, or will; where it cannot (a coroutine
// object runs once), that is said on stdout. Raises MemoryError, and what asvc_schedule_set raises.
bool asvc_control_start(asvc_task_t *task);

// Tells a task to stop, and the children of its service with it. stop_schedule: also takes it out of the
// schedule, until asvc_control_start. Raises MemoryError.
void asvc_control_stop(asvc_task_t *task, bool stop_schedule);

// Stops a task, and takes it out of the table and the schedule. Raises MemoryError.
void asvc_control_delete(asvc_task_t *task);

// The value that the task was given for a named argument, or MP_OBJ_NULL. Raises MemoryError.
mp_obj_t asvc_control_kwarg(asvc_task_t *task, qstr name);

#endif
