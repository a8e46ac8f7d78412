// aioservice.boot: an awaitable that has the manager start core services as soon as what they require has ended
// well, independent ones side by side.
//
// Boot is a target of the manager like any other: it wants core services, and waits until each is up or will not be. A
// core service is seen to end by its own supervised coroutine, so nobody has to await the services' tasks: they
// stay free for others to await, and no other task of the loop is touched.
#ifndef ASVC_SUPERVISE_BOOT_H
#define ASVC_SUPERVISE_BOOT_H

#include "bind/service/line.h"
#include "bind/service/registry.h"
#include "core/config.h"

#if ASVC_BOOT

// Calling it with the keywords debug, log, debug_log, config makes the awaitable. Nothing happens
// before it is awaited. Awaiting answers a dict of service name -> result, an exception where it
// failed or did not run. Cancelled or timed out, it stops the core services that still run.
extern const mp_obj_type_t asvc_type_boot;

// How far the last one is: "running", "done", "failed" where it is over and a service did not end well, "stopped" where it was
// cancelled or its loop is gone; None: there was none.
mp_obj_t asvc_boot_state(void);

// The boot under way waits for the service no longer: it is up, has failed, is stuck, or cannot be started. May raise
// MemoryError.
void asvc_boot_over(asvc_entry_t *entry);

// Where the boot under way has the service, or has had it, how to load it and to say what becomes of it; else opts stays.
void asvc_boot_opts(const asvc_entry_t *entry, asvc_load_opts_t *opts);

#endif

#endif
