// The latest failures of services: when, which, and the traceback as a text, so that nothing of the run that
// failed is kept alive.
#ifndef ASVC_BIND_FAILURES_H
#define ASVC_BIND_FAILURES_H

#include "bind/task.h"

// Notes that the task has failed with its result. ASVC_FAILURES are kept, the oldest goes. Raises MemoryError.
void asvc_failures_add(asvc_task_t *task);

// aioservice.failures(name=None, rtn=False)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_failures_obj);

#endif
