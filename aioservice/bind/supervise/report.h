// Tells the manager what happens to a task, and does what follows.
#ifndef ASVC_SUPERVISE_REPORT_H
#define ASVC_SUPERVISE_REPORT_H

#include "bind/task/task.h"

// The members `stepped` and `ended` of bind/base/upward.h.
void asvc_report_stepped(asvc_task_t *task);
bool asvc_report_ended(asvc_task_t *task, bool raised, bool cancelled, mp_obj_t exc);

#if ASVC_TOP
// The member `slow`: tells, at most once a second, of a step of what belongs to a service that took longer than its
// slow_step_ms.
void asvc_report_slow(asvc_task_t *task, uint32_t ms);
#endif

#if ASVC_SUPERVISION
// Service.ready() and Service.feed(): of the run that calls, or of the service's main task. Nothing happens
// where it does not run.
MP_DECLARE_CONST_FUN_OBJ_1(asvc_service_ready_obj);
MP_DECLARE_CONST_FUN_OBJ_1(asvc_service_feed_obj);
#endif

#endif
