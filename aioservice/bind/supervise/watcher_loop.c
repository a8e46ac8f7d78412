#include "bind/supervise/watcher_loop.h"

#include "py/runtime.h"

#include "bind/base/awaitable.h"
#include "bind/base/clock.h"
#include "bind/supervise/control.h"
#include "bind/task/group.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/service/load.h"
#include "bind/base/manager.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/base/say.h"
#include "core/config.h"

#if ASVC_SCHEDULE

typedef struct {
    asvc_awaitable_t base;
    mp_obj_t log;
    int64_t sleep_ms;
    bool started;
} watcher_loop_t;

// asyncmd's watcher leaves a program this long to come up.
static const int64_t first_look_ms = 10000;

// By `restart` among these named arguments.
static bool forbids(mp_obj_t kwargs) {
    mp_obj_t restart = asvc_is_dict(kwargs) ? asvc_dict_get(kwargs, MP_QSTR_restart) : MP_OBJ_NULL;
    return restart != MP_OBJ_NULL && !mp_obj_is_true(restart);
}

// What a service has in its kwargs does not get to a task that has no such parameter.
static bool is_forbidden(asvc_task_t *task) {
    return forbids(asvc_task_kwargs(task))
        || (asvc_task_is_main(task)
            && forbids(asvc_service_own_attr(asvc_task_service(task), MP_QSTR_kwargs)));
}

// Its user has stopped it: it failed while it ended, or before that.
static bool is_stopped(const asvc_task_t *task) {
    bool unwanted = asvc_is_main_task(task) && !asvc_manager_is_wanted(&asvc_root()->manager, task->id);
    mp_obj_t schedule = task->extra == NULL ? MP_OBJ_NULL : task->extra->schedule;
    return unwanted || asvc_is_true(schedule); // a stop took it out of its schedule
}

static void watch(watcher_loop_t *self, asvc_task_t *task) {
    mp_obj_t result = asvc_task_result(task);
    // The result alone does not tell: a task may return an exception, so may on_stop, and that of a last run stays
    // while the restart policy's delay goes on. on_error may have made something else of it.
    if (asvc_task_state(task) != ASVC_FAILED || !asvc_is_exception(result) || is_stopped(task)) {
        return;
    }
    asvc_log(self->log, MP_QSTR_info,
        asvc_strf("[watcher_loop] Error @ Task %o %t: %o", task->name, result, result));
    // What cannot be started is not said: it would be each time.
    if (!is_forbidden(task) && asvc_control_start(task, false)) {
        asvc_log(self->log, MP_QSTR_info, asvc_strf("[watcher_loop] Restarting Task %o", task->name));
    }
}

static void watch_all(void *self) {
    asvc_task_t **tasks = asvc_group_all();
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        watch(self, *at);
    }
    ASVC_KEEP(tasks);
}

static mp_obj_t watcher_step(mp_obj_t self_in) {
    watcher_loop_t *self = MP_OBJ_TO_PTR(self_in);
    int64_t sleep_ms = first_look_ms;
    if (self->started) {
        sleep_ms = self->sleep_ms;
        mp_obj_t exc = asvc_try(watch_all, self);
        if (exc != MP_OBJ_NULL) { // no memory, for one: the next look is the next try
            asvc_sayf("[watcher_loop] could not start all that failed: %t", exc);
        }
    }
    self->started = true;
    asvc_awaitable_sleep(&self->base, sleep_ms);
    return MP_OBJ_NULL;
}

static void watcher_leave(mp_obj_t self_in) {
    (void)self_in;
}

static mp_obj_t watcher_make_new(
    const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    enum { ARG_alog, ARG_sleep };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_alog, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_sleep, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(30) } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, MP_ARRAY_SIZE(allowed), allowed, arg);
    watcher_loop_t *self = m_new0(watcher_loop_t, 1);
    self->base.base.type = type;
    self->log = arg[ARG_alog].u_obj;
    self->sleep_ms = asvc_seconds_as_ms(arg[ARG_sleep].u_obj);
    if (self->sleep_ms <= 0) {
        asvc_raise(&mp_type_ValueError, "watcher_loop: sleep: expected seconds above 0");
    }
    return MP_OBJ_FROM_PTR(self);
}

static const asvc_awaitable_protocol_t watcher_protocol = { watcher_step, watcher_leave };
ASVC_AWAITABLE_TYPE(
    asvc_type_watcher_loop, MP_QSTR_watcher_loop, watcher_protocol, make_new, watcher_make_new);

#endif
