// aioservice.boot: an awaitable that starts core services as soon as what they require has ended
// well, independent ones side by side.
//
// core/graph knows who waits for whom. A core service that ends is noted by its own supervised
// coroutine (asvc_boot_task_ended), which wakes the boot; the boot, in a step of its own, starts
// what has become ready. So nobody has to await the services' tasks: they stay free for others to
// await, and no other task of the loop is touched.
#ifndef ASVC_SUPERVISE_BOOT_H
#define ASVC_SUPERVISE_BOOT_H

#include "bind/service/registry.h"
#include "bind/task/task.h"
#include "core/config.h"

#if ASVC_BOOT

// Calling it with the keywords debug, log, debug_log, config makes the awaitable. Nothing happens
// before it is awaited. Awaiting answers a dict of service name -> result, an exception where it
// failed or did not run. Cancelled or timed out, it stops the core services that still run.
extern const mp_obj_type_t asvc_type_boot;

// Tells the boot under way that a task it waits for has ended, well or not, and is not to run again, or is stuck.
// Allocates nothing.
void asvc_boot_task_ended(asvc_task_t *task, bool well);

// Whether a boot runs the service. An attribute `enabled` counts where the service itself sets it: one that says nothing
// is booted, as each core service is. config: what services.config says, MP_OBJ_NULL: nothing.
bool asvc_boot_runs(asvc_entry_t *entry, mp_obj_t config);

// Whether the boot under way has the service, and sees to it in its turn: the service has not ended yet.
bool asvc_boot_has(const asvc_entry_t *entry);

#else

static inline void asvc_boot_task_ended(asvc_task_t *task, bool well) {
    (void)task;
    (void)well;
}

static inline bool asvc_boot_runs(asvc_entry_t *entry, mp_obj_t config) {
    (void)entry;
    (void)config;
    return false;
}

static inline bool asvc_boot_has(const asvc_entry_t *entry) {
    (void)entry;
    return false;
}

#endif

#endif
