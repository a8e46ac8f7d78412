// The one root struct: every object the five modules keep between calls.
//
// MicroPython's collector sees it through a single root pointer. A soft reset leaves root pointers
// as they were; the modules' __init__ (bind/modules/init.c) knows when a new struct is due.
//
// A field that is MP_OBJ_NULL was not needed yet: importing the modules makes none of these objects.
#ifndef ASVC_BASE_STATE_H
#define ASVC_BASE_STATE_H

#include "py/obj.h"

#include "core/config.h"

typedef struct _asvc_root_t {
    const struct _asvc_upward_t *upward; // bind/base/upward.h: what higher rooms give to lower ones
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
    // bind/log/aioctl_log.c, bind/look/status_debug.c
    mp_obj_t log; // aioctl.set_log's stream
    bool debug; // aioctl.debug(): status is shown at length
#if ASVC_CONFIG
    mp_obj_t env; // bind/config/env.c: dict of .env
    mp_obj_t
        config_said; // bind/config/config_say.c: dict of the lines printed about services.config: once is enough
#endif
    // bind/service/service_class.c
    mp_obj_t service_class; // aioclass.Service
    // bind/service/registry.c, bind/service/discover.c
    struct _asvc_registry_t *registry;
    mp_obj_t package; // the module object aioservices.services
#if ASVC_BOOT
    struct _asvc_boot_t *boot; // bind/supervise/boot.c: the boot that is under way
#endif
#if ASVC_SCHEDULE
    struct _asvc_scheduler_t *scheduler; // bind/supervise/schedule_loop.c
#endif
    // bind/supervise/relations.c
    struct _asvc_relations_t *relations; // NULL where no service names another
#if ASVC_SUPERVISION
    mp_obj_t leaving; // bind/task/group.c: list of main tasks that are out of the table and may go on
    uint16_t holding; // depth of asvc_relations_together
    // bind/supervise/deadlines.c, bind/supervise/hardware_watchdog.c
    struct _asvc_deadlines_t *deadlines;
    struct _asvc_hardware_watchdog_t *hardware_watchdog;
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
    int8_t color; // bind/base/color.c: -1 by the terminal, 0 off, 1 on
    bool said; // bind/base/say.c: an outcome line was printed since that was last asked
} asvc_root_t;

// The root struct. Valid in every function of our modules: their __init__ has run.
asvc_root_t *asvc_root(void);

// Makes a new root struct, with all as it is at the start. upward: lives as long as the firmware. Raises MemoryError.
void asvc_state_make(const struct _asvc_upward_t *upward);

#endif
