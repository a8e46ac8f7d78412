// A supervised task at work: the steps asyncio makes through send() and throw(), and how they end.
#ifndef ASVC_TASK_RUN_H
#define ASVC_TASK_RUN_H

#include "py/obj.h"

// asyncio's way in: a task's methods send() and throw().
MP_DECLARE_CONST_FUN_OBJ_2(asvc_task_send_obj);
MP_DECLARE_CONST_FUN_OBJ_VAR_BETWEEN(asvc_task_throw_obj);

#endif
