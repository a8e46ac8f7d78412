#include "bind/supervise/actions.h"

#include "py/runtime.h"

#include "bind/base/loop.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/service/discover.h"
#include "bind/service/load.h"
#include "bind/service/names.h"
#include "bind/service/registry.h"
#include "bind/service/tell.h"
#include "bind/supervise/along.h"
#include "bind/supervise/boot.h"
#include "bind/supervise/deadlines.h"
#include "bind/supervise/escalate.h"
#include "bind/supervise/interrupt.h"
#include "bind/task/add.h"
#include "bind/task/group.h"
#include "bind/task/schedule.h"

// ---- a run ----------------------------------------------------------------------------------

// A service that was asked for before it had a task: boot's, and one whose requirement could not be had.
static void make_run(asvc_entry_t *entry) {
    asvc_load_opts_t opts = asvc_quietly;
#if ASVC_BOOT
    asvc_boot_opts(entry, &opts);
#endif
    asvc_task_t *task = asvc_load_run(entry, &opts);
    if (ASVC_SUPERVISION) {
        asvc_load_options(entry->service, task, entry->id);
    }
    asvc_put_run(entry->id, task, false);
    asvc_registry_mark_loaded(entry);
    asvc_tell_as(ASVC_EVENT_LOADED, entry->id, MP_OBJ_NULL, 0, asvc_how(&opts));
}

// What was taken out of aioschedule.group() by hand is not due.
static bool was_unscheduled(const asvc_task_t *task) {
    bool scheduled = ASVC_SCHEDULE && task != NULL && asvc_record(&asvc_root()->manager, task->id)->scheduled
        && asvc_schedule_options(task->name) == MP_OBJ_NULL;
#if ASVC_SCHEDULE
    if (scheduled) {
        asvc_manager_unschedule(asvc_manager(), task->id);
    }
#endif
    return scheduled;
}

static void push(void *arg) {
    asvc_id_t id = ((const asvc_action_t *)arg)->id;
    asvc_entry_t *entry = asvc_registry_of_record(id);
    if (asvc_task_of(id) == NULL) {
        make_run(entry);
    }
    asvc_task_t *task = asvc_next_run(id);
    task->flags &= (uint8_t)~ASVC_TASK_FRESH;
    task->since_ds = asvc_task_last_ds(); // asvc_actions_drive() has read the clock
    if (ASVC_INSIGHT && entry != NULL && entry->up_ms == 0) {
        entry->started_ms = (uint32_t)asvc_last_now_ms();
    }
    asvc_loop_push(task->task);
#if ASVC_SUPERVISION
    if (asvc_task_service(task) != MP_OBJ_NULL) {
        asvc_interrupt_guard();
    }
#endif
}

typedef struct {
    const asvc_action_t *action;
    mp_obj_t exc;
} not_started_t;

static void say_not_started(void *arg) {
    not_started_t *self = arg;
    asvc_task_t *task = asvc_task_of(self->action->id);
    if (task == NULL) { // a service that cannot be loaded shows why in its status
        asvc_entry_t *entry = asvc_registry_of_record(self->action->id);
        entry->error = asvc_keepable(self->exc);
        asvc_tell_failed(entry);
        return;
    }
    bool by_schedule = self->action->by_schedule;
    mp_obj_t line = asvc_strf(
        by_schedule ? "[aioschedule] %o could not be started: %t" : "Task %o is not started: %t: %o",
        task->name, self->exc, self->exc);
    asvc_sayf("%o", line);
#if ASVC_SCHEDULE
    if (by_schedule) {
        asvc_log(asvc_schedule_log(), MP_QSTR_error, line);
    }
#endif
}

// Without memory it is tried again; what else is wrong is said.
static void not_started(const asvc_action_t *action, mp_obj_t exc) {
    asvc_manager_t *m = asvc_manager();
    if (asvc_is_a(exc, &mp_type_MemoryError)) {
        asvc_manager_no_memory(m, action->id);
        return;
    }
    asvc_manager_cannot_start(m, action->id);
    not_started_t not_started = { action, exc };
    asvc_try(say_not_started, &not_started);
}

#if ASVC_SUPERVISION
static void restart_along(void *task) {
    asvc_restart_along(task);
}
#endif

static void start(const asvc_action_t *action) {
    asvc_id_t id = action->id;
    asvc_task_t *task = asvc_task_of(id);
    if (was_unscheduled(task) && action->by_schedule) {
        asvc_manager_cannot_start(asvc_manager(), id);
        return;
    }
#if ASVC_SUPERVISION
    if (task != NULL && asvc_registry_of_task(task) != NULL && !(task->flags & ASVC_TASK_FRESH)) {
        asvc_try(asvc_load_options_anew, task); // they may have been changed at a prompt
    }
#endif
    if (action->by_schedule) {
        asvc_note(ASVC_EVENT_DUE, id, MP_OBJ_NULL, 0);
    }
    mp_obj_t exc = asvc_try(push, (void *)action);
    if (exc != MP_OBJ_NULL) {
        not_started(action, exc);
        return;
    }
    asvc_note(ASVC_EVENT_STARTING, id, MP_OBJ_NULL, 0);
#if ASVC_SCHEDULE && ASVC_ASYNCMD
    if (action->by_schedule) {
        asvc_schedule_note_run(asvc_task_of(id));
    }
#endif
#if ASVC_SUPERVISION
    if (action->by_policy) {
        asvc_try(restart_along, asvc_task_of(id));
    }
#endif
}

// ---- others ---------------------------------------------------------------------------------

static void tell_cancel(asvc_id_t id) {
#if ASVC_SUPERVISION
    const asvc_block_t *block = asvc_record(asvc_manager(), id)->block;
    switch (asvc_manager_verdict(asvc_manager(), id)) {
    case ASVC_VERDICT_NOT_READY:
        asvc_tell(ASVC_EVENT_NOT_READY, id, MP_OBJ_NULL, block->rules.ready_ms);
        break;
    case ASVC_VERDICT_NOT_FED:
        asvc_tell(ASVC_EVENT_WATCHDOG, id, MP_OBJ_NULL, block->rules.watchdog_ms);
        break;
    case ASVC_VERDICT_CHILD: // which was told
    case ASVC_VERDICT_NONE:
        asvc_note(ASVC_EVENT_STOPPING, id, MP_OBJ_NULL, 0);
        break;
    }
#else
    asvc_note(ASVC_EVENT_STOPPING, id, MP_OBJ_NULL, 0);
#endif
}

static void cancel(asvc_id_t id) {
    asvc_task_cancel(asvc_task_of(id));
    tell_cancel(id);
}

#if ASVC_EDGES

typedef struct {
    mp_obj_t name;
    bool starts; // it was started, or waits for what it requires
} come_back_t;

// The service that was reloaded is imported anew, and started.
static void load_again(void *arg) {
    come_back_t *self = arg;
    asvc_entry_t *entry = asvc_discover_one(self->name);
    if (entry == NULL) {
        asvc_raise(&mp_type_ServiceException, "its file is not there any more");
    }
    asvc_load_opts_t opts = { .say = true, .config = asvc_load_read_config(true, false) };
    self->starts = asvc_load(entry, &opts) != NULL || entry->error == MP_OBJ_NULL;
}

// What cannot be started is not tried again, and what was there before does not run again.
static void come_back(asvc_id_t id, mp_obj_t name) {
    come_back_t self = { name, false };
    mp_obj_t exc = asvc_try(load_again, &self);
    if (!self.starts) {
        asvc_manager_cannot_start(asvc_manager(), id);
    }
    if (exc != MP_OBJ_NULL) {
        asvc_tell_name(ASVC_EVENT_LOAD_FAILED, name, asvc_keepable(exc), 0);
    }
}

#endif

// The service is gone for its users; what still runs of it ends.
static void forget(asvc_id_t id) {
    asvc_entry_t *entry = asvc_registry_of_record(id);
    const asvc_manager_t *m = asvc_manager();
#if ASVC_EDGES
    bool comes_back = entry != NULL && asvc_manager_is_wanted(m, id);
#endif
    for (asvc_id_t at = asvc_manager_next_below(m, id, ASVC_NO_ID); at != ASVC_NO_ID;
         at = asvc_manager_next_below(m, id, at)) {
        asvc_task_t *task = asvc_task_of(at);
#if ASVC_SCHEDULE
        asvc_schedule_remove_name(task->name);
#endif
        asvc_remove(task);
    }
    asvc_task_t *main = asvc_task_of(id);
    if (main != NULL) {
#if ASVC_SCHEDULE
        asvc_schedule_remove_name(main->name);
#endif
        asvc_group_remove(main);
    }
    if (entry != NULL) {
#if ASVC_EDGES
        if (main == NULL || !asvc_task_is_live(main)) { // else what it names is to outlive it
            asvc_manager_clear_names(asvc_manager(), id);
        }
#endif
        asvc_discover_forget(entry);
        asvc_note(ASVC_EVENT_UNLOADED, id, MP_OBJ_NULL, 0);
    }
#if ASVC_EDGES
    if (comes_back) {
        come_back(id, entry->name);
    }
#endif
}

static void release(asvc_id_t id) {
    asvc_entry_t *entry = asvc_registry_of_record(id);
#if ASVC_EVENTS
    if (asvc_record(asvc_manager(), id)->heard != ASVC_VIEW_HIDDEN) {
        asvc_tell(ASVC_EVENT_UNLOADED, id, MP_OBJ_NULL, 0); // a child, or a further instance
    }
#endif
    asvc_task_unseat(id);
    if (entry != NULL) {
#if ASVC_EDGES
        asvc_manager_clear_names(asvc_manager(), id);
#endif
        asvc_registry_drop(entry);
    }
    asvc_manager_release(asvc_manager(), id);
}

static void unschedule(asvc_id_t id) {
#if ASVC_SCHEDULE
    asvc_task_t *task = asvc_task_of(id);
    if (task != NULL) {
        asvc_schedule_take_out(task);
    }
#else
    (void)id;
#endif
}

#if ASVC_EDGES
static void tell_refused(asvc_id_t id) {
    asvc_entry_t *entry = asvc_registry_of_record(id);
    if (entry != NULL && entry->service != MP_OBJ_NULL) {
        asvc_tell_failed(entry);
    }
}
#endif

#if ASVC_SUPERVISION
static void tell_stuck(asvc_id_t id) {
    const asvc_block_t *block = asvc_record(asvc_manager(), id)->block;
    asvc_tell(ASVC_EVENT_STUCK, id, MP_OBJ_NULL,
        block == NULL || block->rules.stop_ms == 0 ? ASVC_STOP_MS : block->rules.stop_ms);
}
#endif

#if ASVC_EVENTS
// What nobody did to it, but what follows from others, or from what its user wants.
static void tell_view(const asvc_action_t *action) {
    static const uint8_t kinds[] = {
        [ASVC_INACTIVE] = ASVC_EVENT_STOPPED,
        [ASVC_DONE] = ASVC_EVENT_DONE,
        [ASVC_STOPPED] = ASVC_EVENT_STOPPED,
        [ASVC_FAILED] = ASVC_EVENT_STOPPED,
        [ASVC_STARTING] = ASVC_EVENT_STARTING,
        [ASVC_RUNNING] = ASVC_EVENT_RUNNING,
        [ASVC_STOPPING] = ASVC_EVENT_STOPPING,
        [ASVC_STUCK] = ASVC_EVENT_STOPPING,
        [ASVC_WAITING] = ASVC_EVENT_HELD,
    };
    unsigned now = asvc_manager_view(asvc_manager(), action->id), changed = action->was ^ now;
    asvc_event_kind_t kind = asvc_view_is_hidden(now)       ? ASVC_EVENT_UNLOADED
        : changed == ASVC_VIEW_LIMIT_HIT                    ? ASVC_EVENT_LIMIT_RESET
        : (changed == ASVC_VIEW_WANTED && !(now & changed)) ? ASVC_EVENT_STOPPED
                                                            : (asvc_event_kind_t)kinds[asvc_view_state(now)];
    asvc_tell(kind, action->id, MP_OBJ_NULL, 0);
}
#endif

// ---- all ------------------------------------------------------------------------------------

static void act(void *arg) {
    const asvc_action_t *action = arg;
    asvc_id_t id = action->id;
    switch (action->kind) {
    case ASVC_TELL_VIEW:
#if ASVC_EVENTS
        tell_view(action);
#endif
        break;
    case ASVC_TELL_MISSED:
#if ASVC_SCHEDULE
        asvc_tell(ASVC_EVENT_MISSED, id, MP_OBJ_NULL, 0);
#endif
        break;
    case ASVC_DO_NOTHING:
    case ASVC_DO_START:
        break;
    case ASVC_DO_CANCEL:
        cancel(id);
        break;
    case ASVC_DO_UNSCHEDULE:
        unschedule(id);
        break;
    case ASVC_DO_FORGET:
        forget(id);
        break;
    case ASVC_DO_RELEASE:
        release(id);
        break;
    case ASVC_DO_ESCALATE:
#if ASVC_SUPERVISION
        asvc_escalate(asvc_task_of(id));
#endif
        break;
    case ASVC_DO_BOOT:
#if ASVC_BOOT
        asvc_boot_over(asvc_registry_of_record(id));
#endif
        break;
    case ASVC_TELL_REFUSED:
#if ASVC_EDGES
        tell_refused(id);
#endif
        break;
    case ASVC_TELL_STUCK:
#if ASVC_SUPERVISION
        tell_stuck(id);
#endif
        break;
    }
}

void asvc_actions_drive(void) {
    asvc_root_t *root = asvc_root();
    if (root->holding > 0) {
        asvc_events_tell();
        return;
    }
    asvc_action_t action;
    asvc_manager_t *m = asvc_manager_now();
    while ((action = asvc_manager_next(m)).kind != ASVC_DO_NOTHING) {
        if (action.kind == ASVC_DO_START) {
            start(&action); // which catches what may go wrong itself
        } else {
            asvc_try(act, &action);
        }
        asvc_events_tell_some();
    }
#if ASVC_DEADLINES
    asvc_deadlines_arm();
#endif
    asvc_events_tell();
}

void asvc_actions_together(void (*fun)(void *arg), void *arg) {
    asvc_root_t *root = asvc_root();
#if ASVC_EDGES
    asvc_names_new_round();
#endif
    root->holding += 1;
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, fun, arg);
    root->holding -= 1;
    if (exc != MP_OBJ_NULL) {
        nlr_raise(exc);
    }
    asvc_actions_drive();
}
