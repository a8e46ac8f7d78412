// The latest failures of services: when, which, and the traceback as a text, so that nothing of the run that
// failed is kept alive.
#ifndef ASVC_LOOK_FAILURES_H
#define ASVC_LOOK_FAILURES_H

#include "bind/task/task.h"
#include "core/config.h"

struct _asvc_entry_t;

#if ASVC_SUPERVISION

// Notes that the task of that name failed with exc at that moment by asvc_now_ms(). ASVC_FAILURES are kept, the oldest
// goes. Raises MemoryError.
void asvc_failures_add(mp_obj_t name, int64_t at_ms, mp_obj_t exc);

// Appends "NAME: Traceback" and the text of the latest failure of the service's main task that is kept, where that
// task has failed and its result tells nothing, as on_error answered something else; else nothing.
void asvc_failures_add_latest(vstr_t *text, struct _asvc_entry_t *entry);

// aioservice.failures(name=None, rtn=False)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_failures_obj);

#else

static inline void asvc_failures_add_latest(vstr_t *text, struct _asvc_entry_t *entry) {
    (void)text;
    (void)entry;
}

#endif

#endif
