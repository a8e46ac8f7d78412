// Restarting along: what a service names in its policy, or in its kwargs as asyncmd has it, is restarted with it.
#ifndef ASVC_SUPERVISE_ALONG_H
#define ASVC_SUPERVISE_ALONG_H

#include "bind/task/task.h"

// The task's run was started again by its policy. What iterating over a list, tuple or set of names raises, this raises.
void asvc_restart_along(asvc_task_t *task);

#endif
