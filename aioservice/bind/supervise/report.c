#include "bind/supervise/report.h"

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/upward.h"
#include "bind/service/load.h"
#include "bind/service/registry.h"
#include "bind/supervise/interrupt.h"
#include "bind/task/group.h"

// ---- a run is up ----------------------------------------------------------------------------

// For aioservice.blame: the first time it is up counts.
static void note_up(asvc_task_t *task) {
    asvc_entry_t *entry = asvc_registry_of_task(task);
    if (entry != NULL && entry->up_ms == 0) {
        entry->up_ms = (uint32_t)asvc_now_ms();
    }
}

// Its clock set where the run's time matters: to a service with rules.
static asvc_manager_t *manager_for(const asvc_task_t *task) {
    return asvc_task_block(task) == NULL ? asvc_manager() : asvc_manager_now();
}

static bool is_core(const asvc_task_t *task) {
    return asvc_record(&asvc_root()->manager, task->id)->core;
}

static void see_up(asvc_task_t *task) {
    if (asvc_task_state(task) == ASVC_RUNNING && !is_core(task)) {
        note_up(task);
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
    if (task != NULL) {
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

// ---- a run has ended ------------------------------------------------------------------------

#if ASVC_SUPERVISION

typedef struct {
    asvc_task_t *task;
    mp_obj_t exc;
} failure_t;

static void note_failure(void *arg) {
    failure_t *failure = arg;
    asvc_upward()->failed(failure->task, failure->exc);
}

#endif

static asvc_how_t how_of(const asvc_task_t *task, bool raised, bool cancelled) {
    if (raised) {
        return ASVC_RAISED;
    }
    return cancelled ? ASVC_CANCELLED : asvc_is_error(task->run) ? ASVC_RETURNED_ERROR : ASVC_RETURNED;
}

bool asvc_report_ended(asvc_task_t *task, bool raised, bool cancelled, mp_obj_t exc) {
    bool service = asvc_task_service(task) != MP_OBJ_NULL;
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
    asvc_drive();
#if ASVC_SUPERVISION
    if (service && raised) {
        failure_t failure = { task, exc == MP_OBJ_NULL ? task->run : exc };
        asvc_try(note_failure, &failure);
    }
#else
    (void)service;
    (void)exc;
#endif
    return asvc_interrupt_task_ended(task, raised);
}
