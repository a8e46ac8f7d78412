#include "bind/supervise/supervise.h"

#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/supervise/boot.h"
#include "bind/base/clock.h"
#include "bind/supervise/control.h"
#include "bind/service/discover.h"
#include "bind/supervise/escalate.h"
#include "bind/look/failures.h"
#include "bind/task/group.h"
#include "bind/supervise/interrupt.h"
#include "bind/base/keep.h"
#include "bind/service/load.h"
#include "bind/base/loop.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/supervise/relations.h"
#include "bind/base/say.h"
#include "bind/supervise/schedule_loop.h"
#include "bind/base/is.h"
#include "bind/base/state.h"
#include "core/config.h"

#if ASVC_SUPERVISION

// ---- a run begins ---------------------------------------------------------------------------

void asvc_supervise(asvc_task_t *task) {
    asvc_options_t options;
    if (!asvc_options_read(asvc_task_service(task), &options)) {
        return;
    }
    asvc_task_extra_t *extra = asvc_task_extra(task);
    if (extra->supervision == NULL) {
        extra->supervision = m_new0(asvc_supervision_t, 1);
    }
    extra->supervision->options = options;
    asvc_deadlines_prepare(); // so that setting one never needs memory
}

static void supervise(void *task) {
    asvc_supervise(task);
}

void asvc_supervise_again(asvc_task_t *task) {
    mp_obj_t exc = asvc_catch(&mp_type_ServiceException, supervise, task);
    if (exc != MP_OBJ_NULL) {
        asvc_sayf("[aioservice] %o: %o; it goes on as before", task->name, exc);
    }
}

void asvc_supervise_started(asvc_task_t *task) {
    asvc_supervision_t *self = asvc_supervision(task);
    if (task->entry != NULL && task->entry->up_ms == 0) {
        task->entry->started_ms = (uint32_t)asvc_now_ms();
    }
    if (asvc_task_service(task) != MP_OBJ_NULL) {
        asvc_interrupt_guard();
    }
    if (self == NULL) {
        return;
    }
    self->started_ms = asvc_now_ms();
    self->fed_ms = self->started_ms;
    self->restart_ms = 0;
    self->verdict = MP_OBJ_NULL;
    if (self->options.ready_ms > 0) {
        asvc_deadlines_at(self->started_ms + self->options.ready_ms);
    }
}

// For aioservice.blame: the first time it is up counts.
static void note_up(asvc_entry_t *entry) {
    if (entry->up_ms == 0) {
        entry->up_ms = (uint32_t)asvc_now_ms();
    }
}

// It is up: others may start, and its watchdog counts from now.
static void move_up(asvc_task_t *task) {
    asvc_task_move(task, ASVC_EV_UP);
    if (task->entry != NULL && !asvc_entry_is_core(task->entry)) {
        note_up(task->entry);
    }
    asvc_supervision_t *self = asvc_supervision(task);
    if (self != NULL && self->options.watchdog_ms > 0) {
        self->fed_ms = asvc_now_ms();
        asvc_deadlines_at(self->fed_ms + self->options.watchdog_ms);
    }
    asvc_relations_changed(task);
}

void asvc_supervise_stepped(asvc_task_t *task) {
    asvc_supervision_t *self = asvc_supervision(task);
    if (self == NULL || self->options.ready_ms == 0) {
        move_up(task);
    }
}

// The run of this service that is meant: the one that calls, else its main task; NULL where none goes on.
static asvc_task_t *run_of(mp_obj_t service) {
    mp_obj_t current = asvc_loop_current();
    asvc_task_t *task = NULL;
    if (current != mp_const_none) {
        mp_obj_t coro = mp_load_attr(current, MP_QSTR_coro);
        task = mp_obj_is_type(coro, &asvc_type_task) ? MP_OBJ_TO_PTR(coro) : NULL;
    }
    if (task == NULL || !asvc_task_is_main(task) || asvc_task_service(task) != service) {
        size_t len;
        const char *name = asvc_service_name(service, &len);
        asvc_entry_t *entry = asvc_registry_find(mp_obj_new_str(name, len));
        task = entry == NULL ? NULL : asvc_group_find(entry->task_name);
    }
    return task != NULL && asvc_task_goes_on(task) ? task : NULL;
}

static mp_obj_t service_ready(mp_obj_t service) {
    asvc_task_t *task = run_of(service);
    if (task != NULL && task->state == ASVC_STARTING) {
        move_up(task);
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_service_ready_obj, service_ready);

static mp_obj_t service_feed(mp_obj_t service) {
    asvc_task_t *task = run_of(service);
    asvc_supervision_t *self = task == NULL ? NULL : asvc_supervision(task);
    if (self != NULL) {
        self->fed_ms = asvc_now_ms();
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_service_feed_obj, service_feed);

// ---- a run is ended -------------------------------------------------------------------------

static uint32_t stop_ms_of(asvc_task_t *task) {
    asvc_supervision_t *self = asvc_supervision(task);
    return self != NULL && self->options.stop_ms > 0 ? self->options.stop_ms : ASVC_STOP_MS;
}

void asvc_supervise_stopping(asvc_task_t *task) {
    if (asvc_task_service(task) != MP_OBJ_NULL) {
        int64_t until_ms = asvc_now_ms() + stop_ms_of(task);
        task->until_ms = (uint32_t)until_ms;
        asvc_deadlines_at(until_ms);
    }
}

// Ends a run for a failure.
static void fail(asvc_task_t *task, const char *what, uint32_t ms) {
    asvc_supervision(task)->verdict =
        asvc_exceptionf(&mp_type_RuntimeError, "%s within %u ms", what, (unsigned)ms);
    asvc_task_stop(task);
}

mp_obj_t asvc_supervise_verdict(asvc_task_t *task) {
    asvc_supervision_t *self = asvc_supervision(task);
    return self == NULL ? MP_OBJ_NULL : self->verdict;
}

void asvc_supervise_forget(asvc_task_t *task) {
    task->flags &= (uint8_t)~ASVC_TASK_HELD;
    if (task->extra != NULL) {
        task->extra->successor = NULL;
    }
    asvc_supervision_t *self = asvc_supervision(task);
    if (self != NULL) {
        self->verdict = MP_OBJ_NULL;
        self->restart_ms = 0;
    }
}

const char *asvc_supervise_bars(const asvc_task_t *task) {
    asvc_supervision_t *self = asvc_supervision(task);
    if (task->state == ASVC_STUCK) {
        return "stuck: it was told to stop and has not ended";
    }
    bool limit_hit = self != NULL && self->state.limit_hit && !asvc_task_is_live(task);
    return limit_hit ? "start limit hit: aioservice.reset_failed() first" : NULL;
}

// ---- a run has ended: again? ----------------------------------------------------------------

static void restart(void *arg) {
    asvc_task_t *task = arg;
    asvc_group_restart(task);
    asvc_supervision(task)->restarts += 1;
    asvc_restart_along(task);
}

// Puts a new run in the place of one that has ended; where there is no memory for it, that is tried again.
static void restart_after(asvc_task_t *task, uint32_t delay_ms) {
    asvc_supervision_t *self = asvc_supervision(task);
    if (delay_ms == 0) {
        if (asvc_try(restart, task) == MP_OBJ_NULL) {
            return;
        }
        delay_ms = ASVC_NO_MEMORY_RETRY_MS;
    }
    asvc_task_move(task, ASVC_EV_SCHEDULED);
    self->restart_ms = asvc_now_ms() + delay_ms;
    asvc_deadlines_at(self->restart_ms);
}

// A run that has ended.
typedef struct {
    asvc_task_t *task;
    bool told; // to end
    mp_obj_t exc; // that it ended with, or MP_OBJ_NULL
} ended_t;

static void decide_restart(asvc_task_t *task, asvc_supervision_t *self, bool told) {
    asvc_restart_end_t end = ASVC_END_STOPPED;
    if (!told && task->state == ASVC_FAILED) {
        end = ASVC_END_FAILURE;
    } else if (!told && task->state == ASVC_DONE) {
        end = ASVC_END_CLEAN;
    }
    uint32_t delay_ms = 0;
    int64_t run_ms = asvc_now_ms() - self->started_ms;
    switch (asvc_restart_ended(&self->options.rules, &self->state, end, run_ms, &delay_ms)) {
    case ASVC_RESTART_YES:
        restart_after(task, delay_ms);
        break;
    case ASVC_RESTART_LIMIT:
        asvc_task_move(task, ASVC_EV_GIVE_UP);
        asvc_escalate(task);
        break;
    default:
        break;
    }
}

static void read_options(void *arg) {
    asvc_task_t *task = ((ended_t *)arg)->task;
    bool read_already = task->extra != NULL && task->extra->successor != NULL;
    if (task->entry != NULL && !task->entry->removed && !read_already) {
        asvc_supervise_again(task);
    }
}

static void start_again(void *arg) {
    ended_t *ended = arg;
    asvc_task_t *task = ended->task;
    asvc_supervision_t *self = asvc_supervision(task);
    if (asvc_group_succeed(task)) {
        return;
    }
    if (asvc_task_is_held(task)) {
        asvc_task_move(task, ASVC_EV_SCHEDULED); // until what it requires is up again
    } else if (self != NULL && !asvc_schedule_has_next(task->name)) {
        // One that its user has stopped may not have been told yet, as it waits for those that require it.
        decide_restart(task, self, ended->told || (asvc_is_main_task(task) && !task->entry->wanted));
    }
}

static void tell_relations(void *arg) {
    asvc_relations_changed(((ended_t *)arg)->task);
}

static void note_failure(void *arg) {
    ended_t *ended = arg;
    asvc_task_t *task = ended->task;
    if (asvc_task_service(task) != MP_OBJ_NULL) {
        asvc_failures_add(task, ended->exc == MP_OBJ_NULL ? task->run : ended->exc);
    }
}

void asvc_supervise_ended(asvc_task_t *task, bool told, mp_obj_t exc) {
    if (task->state == ASVC_DONE && task->entry != NULL) {
        note_up(task->entry); // a core service is when it has done its work
    }
    bool failed = task->state == ASVC_FAILED;
    if (task->state == ASVC_STOPPED && !told && asvc_is_main_task(task)) {
        task->entry->wanted = false; // stopped by its user by way of asyncio: record.task.cancel()
    }
    asvc_group_ended();
    static void (*const steps[])(void *arg) = { read_options, start_again, tell_relations, note_failure };
    ended_t ended = { task, told, exc };
    // Each step for itself: that there is no memory for one must not keep the others from being made.
    for (size_t i = 0; i < MP_ARRAY_SIZE(steps) - (failed ? 0 : 1); i++) {
        if (asvc_try(steps[i], &ended) != MP_OBJ_NULL) {
            asvc_deadlines_in(ASVC_NO_MEMORY_RETRY_MS); // where relations are asked again
        }
    }
}

// ---- deadlines ------------------------------------------------------------------------------

static void report_stuck(asvc_task_t *task) {
    asvc_sayf("[aioservice] %o is stuck: it was told to stop %u ms ago and has not ended", task->name,
        (unsigned)stop_ms_of(task));
    asvc_relations_changed(task);
    if (task->flags & ASVC_TASK_WATCHED) {
        asvc_boot_task_ended(task, false);
    }
}

static int64_t look_at_stopping(asvc_task_t *task, int64_t now_ms) {
    // until_ms holds the low bits of a time that is near now.
    int32_t left = (int32_t)(task->until_ms - (uint32_t)now_ms);
    if (left > 0) {
        return now_ms + left;
    }
    asvc_task_move(task, ASVC_EV_LATE);
    report_stuck(task);
    return INT64_MAX;
}

int64_t asvc_supervise_look(asvc_task_t *task, int64_t now_ms) {
    asvc_supervision_t *self = asvc_supervision(task);
    if (task->state == ASVC_STOPPING && asvc_task_service(task) != MP_OBJ_NULL) {
        return look_at_stopping(task, now_ms);
    }
    if (self == NULL) {
        return INT64_MAX;
    }
    if (asvc_restart_is_due(task)) {
        if (now_ms < self->restart_ms) {
            return self->restart_ms;
        }
        self->restart_ms = 0;
        restart_after(task, 0);
        return INT64_MAX;
    }
    const char *missed = NULL;
    int64_t since_ms = 0;
    uint32_t within_ms = 0;
    if (task->state == ASVC_STARTING) {
        missed = "not ready: it did not call ready()";
        since_ms = self->started_ms;
        within_ms = self->options.ready_ms;
    } else if (task->state == ASVC_RUNNING) {
        missed = "watchdog: it did not call feed()";
        since_ms = self->fed_ms;
        within_ms = self->options.watchdog_ms;
    }
    if (within_ms == 0) {
        return INT64_MAX;
    }
    if (now_ms < since_ms + within_ms) {
        return since_ms + within_ms;
    }
    fail(task, missed, within_ms);
    return now_ms; // it is stopping now
}

bool asvc_supervise_is_fed(const asvc_task_t *task, int64_t now_ms) {
    asvc_supervision_t *self = asvc_supervision(task);
    if (self == NULL || self->options.watchdog_ms == 0) {
        return true;
    }
    switch (task->state) {
    case ASVC_RUNNING:
        return now_ms < self->fed_ms + self->options.watchdog_ms;
    case ASVC_STOPPING:
        return self->verdict == MP_OBJ_NULL;
    case ASVC_FAILED: // for good, unless its user has said since that it is to be stopped
        return task->entry != NULL && !task->entry->wanted;
    case ASVC_STUCK:
        return false;
    default:
        return true; // it starts, waits, or was stopped by its user
    }
}

// ---- told by the user ------------------------------------------------------------------------

// The main task of the service of that name; NULL, having said so, where there is none.
static asvc_task_t *task_of(mp_obj_t name) {
    asvc_entry_t *entry = asvc_find_or_say(name);
    asvc_task_t *task = entry == NULL ? NULL : asvc_main_task(entry);
    if (entry != NULL && task == NULL) {
        asvc_say_status(entry);
    }
    return task;
}

static mp_obj_t restart_by_hand(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    asvc_task_t *task = task_of(asvc_one_arg(n_args, args, kwargs, MP_QSTR_name, MP_OBJ_NULL));
    return mp_obj_new_bool(task != NULL && asvc_control_restart(task));
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_restart_obj, 0, restart_by_hand);

// Clears the count of short runs, and "start limit hit", of a service's main task and its further instances. Answers
// whether there was any.
static bool reset(asvc_task_t *main) {
    size_t len;
    asvc_task_t **tasks = asvc_group_of_main(main, &len);
    bool any = false;
    for (size_t i = 0; i < len; i++) {
        asvc_supervision_t *self = asvc_supervision(tasks[i]);
        if (self != NULL && (self->state.short_runs > 0 || self->state.limit_hit)) {
            self->state = (asvc_restart_state_t){ 0 };
            any = true;
        }
    }
    ASVC_KEEP(tasks);
    return any;
}

// reset_failed(name=None): answers whether there was anything to reset.
static mp_obj_t reset_failed(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_one_arg(n_args, args, kwargs, MP_QSTR_name, mp_const_none);
    if (name != mp_const_none) {
        asvc_task_t *task = task_of(name);
        return mp_obj_new_bool(task != NULL && reset(task));
    }
    asvc_discover();
    bool any = false;
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        asvc_task_t *task = asvc_main_task(entry);
        any = (task != NULL && reset(task)) || any;
    }
    return mp_obj_new_bool(any);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_reset_failed_obj, 0, reset_failed);

#endif
