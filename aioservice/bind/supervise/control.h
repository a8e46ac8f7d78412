// Starting and stopping tasks as users mean it: with their schedule, with the children of a service, and with
// what requires it.
#ifndef ASVC_SUPERVISE_CONTROL_H
#define ASVC_SUPERVISE_CONTROL_H

#include "bind/task/task.h"

// Starts a task that has ended again; one that asvc_control_stop took out of the schedule is put back into
// it, one that runs is left alone, one that was told to end is started when it has; one whose place another record has
// taken by now stands for that. Answers whether it runs now, or will, and not where it cannot: a coroutine object runs
// once, a service has hit its start limit, is stuck, or cannot have what it requires. say: why is said on stdout.
// Raises MemoryError, and what asvc_schedule_set raises.
bool asvc_control_start(asvc_task_t *task, bool say);

// Tells a task to stop, and the children of its service with it, and before it the services that require it.
// stop_schedule: also takes it out of the schedule, until asvc_control_start. Raises MemoryError.
void asvc_control_stop(asvc_task_t *task, bool stop_schedule);

#if ASVC_EDGES
// The same for services that are to start and have no task yet: what was refused waits for what it requires, and what is
// booted for its turn. name: a name or pattern, None: all. Answers whether there was one. Raises TypeError.
bool asvc_control_call_off(mp_obj_t name);
#endif

// Has a task end, where it has not, and started again. Answers like asvc_control_start. Raises MemoryError.
bool asvc_control_restart(asvc_task_t *task);

// Stops a task, and takes it out of the table and the schedule.
void asvc_control_delete(asvc_task_t *task);

#if ASVC_SUPERVISION
// aioservice.restart(name), reset_failed(name=None)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_restart_obj);
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_reset_failed_obj);
#endif

#endif
