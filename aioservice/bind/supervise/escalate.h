// What is done when a service has hit its start limit: its restart's `then`.
#ifndef ASVC_SUPERVISE_ESCALATE_H
#define ASVC_SUPERVISE_ESCALATE_H

#include "bind/task/task.h"

// Says that the service of this main task has hit its start limit, and does what its `then` says: nothing,
// all services but those marked safe_mode = True stop, the device is reset, or a function is called with the
// service. What that raises is said and goes no further. Raises MemoryError.
void asvc_escalate(asvc_task_t *task);

#if ASVC_SUPERVISION
// aioservice.safe_mode(on=None)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_safe_mode_obj);
#endif

#endif
