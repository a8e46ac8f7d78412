#include "bind/supervise/control.h"

#include "py/runtime.h"

#include "bind/task/group.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/supervise/relations.h"
#include "bind/base/say.h"
#include "bind/supervise/schedule_loop.h"
#include "bind/base/state.h"
#include "bind/supervise/supervise.h"

// The service whose first main task this is, or NULL; also where no service has to do with others.
static asvc_entry_t *service_of(asvc_task_t *task) {
    asvc_entry_t *entry = ASVC_SUPERVISION ? asvc_registry_of_task(task) : NULL;
    return entry != NULL && task->name == entry->task_name ? entry : NULL;
}

static bool is_barred(asvc_task_t *task, bool say) {
    const char *why = asvc_supervise_bars(task);
    if (why != NULL && say) {
        asvc_sayf("Task %o is not started: %s", task->name, why);
    }
    return why != NULL;
}

static void want(void *entry) {
    asvc_relations_wanted(entry);
}

static void want_scheduled(void *entry) {
    asvc_relations_scheduled(entry);
}

// The user wants the service up, or back in the schedule; false where what it requires cannot be had. say: why not.
static bool has_wanted(asvc_task_t *task, asvc_entry_t *entry, void (*how)(void *entry), bool say) {
    mp_obj_t exc = asvc_catch(&mp_type_ServiceException, how, entry);
    if (exc != MP_OBJ_NULL && say) {
        asvc_sayf("Task %o is not started: %o", task->name, exc);
    }
    return exc == MP_OBJ_NULL && !entry->refused; // which was said
}

bool asvc_control_start(asvc_task_t *task, bool say) {
    // Of several that are started together, one may have loaded it anew, as it requires it.
    asvc_task_t *latest = asvc_group_find(task->name);
    task = latest != NULL ? latest : task;
    asvc_entry_t *entry = service_of(task);
    mp_obj_t schedule = ASVC_SCHEDULE && task->extra != NULL ? task->extra->schedule : MP_OBJ_NULL;
    if (schedule != MP_OBJ_NULL && schedule != mp_const_none) {
        // It was taken out of the schedule by a stop: starting it puts it back.
        if (entry != NULL && !has_wanted(task, entry, want_scheduled, say)) {
            return false;
        }
        asvc_schedule_put_back(task->name, schedule);
        task->extra->schedule = MP_OBJ_NULL;
        return true;
    }
    bool at_end = (task->flags & ASVC_TASK_AT_END) != 0;
    if (asvc_task_goes_on(task) && !at_end) {
        bool stops = entry != NULL && asvc_relations_stop_waits(entry);
        return !stops || has_wanted(task, entry, want, say);
    }
    if (mp_obj_is_type(task->fun, &mp_type_gen_instance)) {
        if (say) {
            asvc_sayf("Task %o was added as a coroutine object, which runs once" ASVC_HINT(
                          ": add its function instead"),
                task->name);
        }
        return false;
    }
    if (is_barred(task, say) || (entry != NULL && !has_wanted(task, entry, want, say))) {
        return false;
    }
    if (asvc_task_is_live(task)) {
        asvc_task_start_after(task, NULL);
    } else if (!asvc_task_is_held(task)) {
        asvc_group_restart(task);
    }
    return true;
}

void asvc_control_unschedule(asvc_task_t *task) {
    mp_obj_t options = asvc_schedule_options(task->name);
    if (options != MP_OBJ_NULL) {
        asvc_task_set_schedule(task, options); // may raise: first
        asvc_schedule_remove_name(task->name);
    }
}

static void end(asvc_task_t *task) {
    asvc_task_stop(task);
    if (asvc_task_is_main(task)) {
        asvc_group_stop_children(task);
    }
}

void asvc_control_stop(asvc_task_t *task, bool stop_schedule) {
    if (stop_schedule) {
        asvc_control_unschedule(task);
    }
    asvc_supervise_forget(task);
    asvc_entry_t *entry = service_of(task);
    if (entry != NULL) {
        asvc_relations_stop(entry);
        return;
    }
    end(task);
}

bool asvc_control_restart(asvc_task_t *task) {
    if (!asvc_task_is_live(task)) {
        return asvc_control_start(task, true);
    }
    if (is_barred(task, true)) {
        return false;
    }
    asvc_entry_t *entry = service_of(task);
    if (entry != NULL && !has_wanted(task, entry, want, true)) {
        return false;
    }
    if (entry != NULL && asvc_task_goes_on(task) && asvc_relations_restart(entry)) {
        return true;
    }
    asvc_task_start_after(task, NULL);
    end(task);
    return true;
}

void asvc_control_delete(asvc_task_t *task) {
    asvc_entry_t *entry = service_of(task);
    if (entry != NULL && asvc_root()->relations != NULL && !entry->unloading) {
        asvc_relations_stop(entry); // (else what requires it was told then, and may have been wanted since)
    }
    if (entry != NULL) {
        entry->wanted = false;
    }
    asvc_supervise_forget(task);
    asvc_schedule_remove_name(task->name);
    asvc_group_delete(task);
}
