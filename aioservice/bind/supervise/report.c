#include "bind/supervise/report.h"

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/upward.h"
#include "bind/service/load.h"
#include "bind/service/registry.h"
#include "bind/service/tell.h"
#include "bind/supervise/interrupt.h"
#include "bind/task/group.h"

// ---- a run is up ----------------------------------------------------------------------------

// For aioservice.blame: the first time it is up counts.
static void note_up(asvc_task_t *task) {
    asvc_entry_t *entry = asvc_registry_of_task(task);
    if (ASVC_INSIGHT && entry != NULL && entry->up_ms == 0) {
        entry->up_ms = (uint32_t)asvc_now_ms();
    }
}

// Its clock set where the run's time matters: to a service with rules.
static asvc_manager_t *manager_for(const asvc_task_t *task) {
    return asvc_task_block(task) == NULL ? asvc_manager() : asvc_manager_now();
}

static bool is_core(const asvc_task_t *task) {
    return ASVC_BOOT && asvc_record(&asvc_root()->manager, task->id)->core;
}

static void see_up(asvc_task_t *task) {
    if (asvc_task_state(task) == ASVC_RUNNING) {
        if (!is_core(task)) {
            note_up(task);
        }
        asvc_note(ASVC_EVENT_RUNNING, task->id, MP_OBJ_NULL, 0);
    }
    asvc_drive();
}

void asvc_report_stepped(asvc_task_t *task) {
    asvc_manager_stepped(manager_for(task), task->id);
    see_up(task);
}

#if ASVC_SUPERVISION

// The run of this service that is meant: the one that calls, else its main task; NULL where none goes on.
static asvc_task_t *run_of(mp_obj_t service) {
    asvc_task_t *task = asvc_task_in_step();
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
    if (task != NULL && asvc_task_state(task) == ASVC_STARTING) {
        asvc_manager_ready(asvc_manager_now(), task->id);
        see_up(task);
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_service_ready_obj, service_ready);

static mp_obj_t service_feed(mp_obj_t service) {
    asvc_task_t *task = run_of(service);
    if (task != NULL) {
        asvc_manager_feed(asvc_manager_now(), task->id);
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_service_feed_obj, service_feed);

#endif

// ---- a step took long -----------------------------------------------------------------------

#if ASVC_TOP

// What a service allows its steps, and those of its children.
static uint32_t slow_step_ms(asvc_id_t id) {
    const asvc_manager_t *m = asvc_manager();
    asvc_id_t parent = asvc_manager_parent(m, id);
    const asvc_block_t *block = asvc_record(m, parent == ASVC_NO_ID ? id : parent)->block;
    uint32_t ms = ASVC_SUPERVISION && block != NULL ? block->rules.slow_step_ms : 0;
    return ms > 0 ? ms : ASVC_SLOW_STEP_MS;
}

void asvc_report_slow(asvc_task_t *task, uint32_t ms) {
    asvc_root_t *root = asvc_root();
    if (task->id == ASVC_NO_ID || ms <= slow_step_ms(task->id)) {
        return;
    }
    uint32_t now_ds = asvc_ms_as_ds(asvc_now_ms());
    if (root->slow_ds == 0 || now_ds - root->slow_ds >= 10) {
        root->slow_ds = now_ds;
        asvc_tell(ASVC_EVENT_SLOW_STEP, task->id, MP_OBJ_NULL, ms);
        asvc_events_tell();
    }
}

#endif

// ---- a run has ended ------------------------------------------------------------------------

// Whether boot tells of its good end, as it has to say so in its own way.
static bool is_told_by_boot(const asvc_task_t *task) {
    return ASVC_BOOT && asvc_manager_is_in_boot(asvc_manager(), task->id);
}

static void tell_restart(asvc_id_t id) {
    const asvc_manager_t *m = asvc_manager();
    if (ASVC_SUPERVISION && asvc_manager_is_delayed(m, id)) {
        asvc_tell(ASVC_EVENT_RESTARTING, id, MP_OBJ_NULL, asvc_manager_delay_ms(m, id));
    }
}

// Where the manager has found that a service, whose run had returned, has failed with this child: it has that result.
static void fail_parent(asvc_id_t child, mp_obj_t exc) {
    const asvc_manager_t *m = asvc_manager();
    asvc_id_t id = asvc_manager_parent(m, child);
    asvc_task_t *main = id == ASVC_NO_ID ? NULL : asvc_task_of(id);
    const asvc_record_t *r = asvc_record(m, id == ASVC_NO_ID ? child : id);
    if (main != NULL && r->run == ASVC_RUN_NONE && r->last == ASVC_LAST_FAILED && !asvc_is_error(main->run)) {
        main->run = exc;
        main->done_ds = asvc_task_last_ds();
        asvc_tell(ASVC_EVENT_FAILED, id, exc, 0);
        tell_restart(id);
    }
}

// Tells how the run has ended, and what is next.
static void tell_end(asvc_task_t *task, bool was_stuck, bool raised, mp_obj_t exc) {
    const asvc_manager_t *m = asvc_manager();
    if (was_stuck) {
        asvc_tell(ASVC_EVENT_UNSTUCK, task->id, MP_OBJ_NULL, 0);
    }
    if (raised) {
        bool child = asvc_record(m, task->id)->kind == ASVC_KIND_CHILD;
        asvc_tell(child ? ASVC_EVENT_CHILD_FAILED : ASVC_EVENT_FAILED, task->id, exc, 0);
    } else if (!ASVC_EVENTS) {
        // only listeners want to know
    } else if (asvc_state_of_last((asvc_last_t)asvc_record(m, task->id)->last) == ASVC_STOPPED) {
        asvc_note(ASVC_EVENT_STOPPED, task->id, MP_OBJ_NULL, 0);
    } else if (!is_told_by_boot(task)) {
        asvc_note(ASVC_EVENT_DONE, task->id, asvc_tell_result(task->run), 0);
    }
    tell_restart(task->id);
    if (ASVC_SUPERVISION && raised) {
        fail_parent(task->id, exc);
    }
}

static asvc_how_t how_of(const asvc_task_t *task, bool raised, bool cancelled) {
    if (raised) {
        return ASVC_RAISED;
    }
    return cancelled ? ASVC_CANCELLED : asvc_is_error(task->run) ? ASVC_RETURNED_ERROR : ASVC_RETURNED;
}

bool asvc_report_ended(asvc_task_t *task, bool raised, bool cancelled, mp_obj_t exc) {
    bool was_stuck = ASVC_SUPERVISION && asvc_task_state(task) == ASVC_STUCK;
    exc = exc == MP_OBJ_NULL ? task->run : exc;
#if ASVC_SUPERVISION
    bool has_successor = task->extra != NULL && task->extra->successor != NULL;
    // Nobody asks the policy of one that was told to end, or that another run is to follow.
    bool asked = !has_successor && asvc_manager_is_wanted(asvc_manager(), task->id);
    if (asked && asvc_registry_of_task(task) != NULL) {
        asvc_try(asvc_load_options_anew, task); // the policy that holds is the one that the service has now
    }
#endif
    asvc_manager_ended(manager_for(task), task->id, how_of(task, raised, cancelled));
#if ASVC_EDGES
    const asvc_entry_t *entry = asvc_registry_of_record(task->id);
    if (entry != NULL && entry->service == MP_OBJ_NULL) {
        asvc_manager_clear_names(asvc_manager(), task->id); // it was unloaded before
    }
#endif
    if (is_core(task) && asvc_task_state(task) == ASVC_DONE) {
        note_up(task); // it is up when it has done its work
    }
    tell_end(task, was_stuck, raised, exc);
    asvc_drive();
    return asvc_interrupt_task_ended(task, raised);
}
