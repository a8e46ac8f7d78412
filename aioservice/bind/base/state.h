// The one root struct: every object the five modules keep between calls.
//
// MicroPython's collector sees it through a single root pointer. A soft reset leaves root pointers
// as they were, so asvc_state_init_obj makes a new struct whenever the table of loaded modules no
// longer knows `aioservice`: that table is new after each reset.
//
// A field that is MP_OBJ_NULL was not needed yet: importing the modules makes none of these objects.
#ifndef ASVC_BASE_STATE_H
#define ASVC_BASE_STATE_H

#include "py/obj.h"

#include "core/config.h"
#include "manager/record.h"

typedef struct _asvc_root_t {
    asvc_manager_t manager; // bind/base/manager.h; first, as it is asked for most
    const struct _asvc_upward_t *upward; // bind/base/upward.h
    uint16_t holding; // bind/supervise/actions.c: nothing is done before it is 0 again
    // bind/base/raise.c
    mp_obj_t no_memory; // a MemoryError that is there when no other can be made
    // bind/base/loop.c: what is cached of asyncio
    mp_obj_dict_t *asyncio_core; // globals of asyncio.core
    mp_obj_t asyncio_task; // asyncio.core.Task
    mp_obj_t cancelled_error; // asyncio.core.CancelledError
    mp_obj_t queue; // the run queue when it was last looked at
    // bind/base/clock.c: the monotonic clock
    int64_t now_ms;
    mp_uint_t last_ticks;
    mp_obj_t time; // the module
    int64_t wall_offset_ms; // the wall clock's milliseconds less ours
    // bind/task/group.c, bind/task/task.c
    mp_obj_t group; // the TaskGroup object
    uint32_t next_seq; // number of the next task added
    // bind/base/event.c, bind/look/events.c
    uint32_t n_events, n_told; // events that were put, and told
    bool telling; // telling is under way
    bool quiet; // no line on stdout
    uint32_t slow_ds; // bind/supervise/report.c: when a slow step was told last; 0: never
    mp_obj_t logger; // the manager's, or None
#if ASVC_EVENTS
    struct _asvc_event_t *events; // the ring, or NULL
    struct _asvc_event_follower_t *followers; // those that rest
    mp_obj_t on_event; // a function
    bool on_event_failed; // that it raised was said
#endif
    // bind/supervise/escalate.c
    mp_obj_t safe_mode; // why, a str; MP_OBJ_NULL: it is not safe mode
    // bind/log/aioctl_log.c, bind/look/status_debug.c
    mp_obj_t log; // aioctl.set_log's stream
    bool debug; // aioctl.debug(): status is shown at length
#if ASVC_CONFIG
    mp_obj_t env; // bind/config/env.c: dict of .env
    mp_obj_t config_broken; // bind/config/config_store.c: why what was written there is not used, a str
#endif
    // bind/config/config_say.c
    mp_obj_t config_said; // dict of what was told about services.config: once is enough
    mp_obj_t config_unknown; // dict of what the latest look has found there that is unknown
    mp_obj_t verify; // dict of what the verify() has said that is under way; MP_OBJ_NULL: none is
    // bind/service/service_class.c
    mp_obj_t service_class; // aioclass.Service
    // bind/service/registry.c, bind/service/discover.c
    struct _asvc_registry_t *registry;
    uint16_t round; // bind/service/names.c
    uint16_t loading; // bind/service/load.c: depth of loads
    mp_obj_t package; // the module object aioservices.services
#if ASVC_BOOT
    struct _asvc_boot_t *boot; // bind/supervise/boot.c: the boot that is under way
    qstr_short_t boot_state; // how far the last one is; MP_QSTRnull: there was none
#endif
#if ASVC_SCHEDULE
    struct _asvc_scheduler_t *scheduler; // bind/task/schedule.c
#endif
#if ASVC_DEADLINES
    struct _asvc_deadlines_t *deadlines; // bind/supervise/deadlines.c
#endif
#if ASVC_SUPERVISION
    struct _asvc_hardware_watchdog_t *hardware_watchdog; // bind/supervise/hardware_watchdog.c
    // bind/supervise/interrupt.c
    mp_obj_t interrupt; // what ended the loop, and waits for the services to end
    mp_obj_t interrupt_queue; // the run queue of that loop
    mp_obj_t guarded; // asyncio's _io_queue with our wait_io_event
    mp_obj_t failures; // bind/look/failures.c: list of the latest
#endif
#if ASVC_LOG
    // bind/log/logger.c, bind/modules/modaiolog.c
    mp_obj_t streamlog; // AioStream(2000)
    mp_obj_t loggers; // dict name -> Logger
#endif
#if ASVC_REPL
    struct _asvc_print_t *print; // bind/base/say.c: what stands in the place of print()
#endif
    int8_t color; // bind/base/color.c: -1 by the terminal, 0 off, 1 on
    bool said; // bind/base/say.c: an outcome line was printed since that was last asked
} asvc_root_t;

// The root struct. Valid in every function of our modules: their __init__ has run. It stays the same until such a function
// returns, so a compiler need not ask for it twice.
__attribute__((const)) asvc_root_t *asvc_root(void);

// Makes the root struct anew. upward: what higher rooms give to lower ones, bind/base/upward.h. Raises MemoryError.
void asvc_state_make(const struct _asvc_upward_t *upward);

#endif
