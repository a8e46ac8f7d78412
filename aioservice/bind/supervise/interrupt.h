// KeyboardInterrupt and its like end the loop, but only when the services have ended in their order.
#ifndef ASVC_SUPERVISE_INTERRUPT_H
#define ASVC_SUPERVISE_INTERRUPT_H

#include "py/obj.h"

#include "bind/task/task.h"
#include "core/config.h"

// Has a KeyboardInterrupt that is raised while the loop waits for its next task, as most are, kept here, too: asyncio
// would let it out at once. To be called when a service's task starts; costs a search in a dict from the second
// call on. Where there is no memory for it nothing happens, and the next call tries again.
void asvc_interrupt_guard(void);

// Such an exception was raised: tells all services to stop. Answers whether it has to be raised now: none of them
// goes on, one is waiting already, or they can't be told. Otherwise it is raised when the last of them has ended,
// and until then the task that it came from must not look done: who awaits that one could end the loop before.
bool asvc_interrupt_keep(mp_obj_t exc);

// Raises one that waits, where no service goes on any more. To be called when a service's task has ended, and
// when one is stuck.
void asvc_interrupt_raise(void);

// A task has ended; raised: its result is what it raised. Raises what is for the loop, now, or when the last service has
// ended. Answers whether the task must not look done before that.
bool asvc_interrupt_task_ended(const asvc_task_t *task, bool raised);

#endif
