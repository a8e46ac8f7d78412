#include "bind/supervise/control.h"

#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/upward.h"
#include "bind/service/discover.h"
#include "bind/service/load.h"
#include "bind/service/registry.h"
#include "bind/service/tell.h"
#include "bind/task/add.h"
#include "bind/task/group.h"
#include "bind/task/schedule.h"
#include "core/glob.h"

// The service whose first main task this is, or NULL.
static asvc_entry_t *service_of(const asvc_task_t *task) {
    return asvc_is_main_task(task) ? asvc_registry_of_task(task) : NULL;
}

static bool is_barred(asvc_task_t *task, bool say) {
    const char *why = asvc_bars(task);
    if (why != NULL && say) {
        asvc_sayf("Task %o is not started: %s", task->name, why);
    }
    return why != NULL;
}

// What a service requires is loaded where it is neither up nor coming. False where it cannot be had: why is said.
static bool has_required(asvc_task_t *task, asvc_entry_t *entry, bool say) {
#if ASVC_EDGES
    if (entry == NULL) {
        return true;
    }
    entry->error = MP_OBJ_NULL; // a new try
    asvc_load_required(entry, &asvc_quietly);
    bool refused = asvc_manager_refuse(asvc_manager(), entry->id);
    if (refused && say) {
        asvc_sayf("Task %o is not started: %o", task->name, asvc_entry_error(entry));
    }
    return !refused;
#else
    (void)task;
    (void)entry;
    (void)say;
    return true;
#endif
}

// It stays wanted where what it requires cannot be had now.
static void want(asvc_id_t id, bool refused) {
    asvc_manager_t *m = asvc_manager();
    asvc_manager_start(m, id);
#if ASVC_EDGES
    if (refused) {
        asvc_manager_refuse(m, id);
    }
#endif
    asvc_drive();
    asvc_entry_t *entry = refused ? asvc_registry_of_record(id) : NULL;
    if (entry != NULL) {
        asvc_tell_as(ASVC_EVENT_REFUSED, id, asvc_entry_error(entry), 0, ASVC_EVENT_UNSAID);
        asvc_events_tell();
    }
}

bool asvc_control_start(asvc_task_t *task, bool say) {
    // Of several that are started together, one may have loaded it anew, as it requires it.
    asvc_task_t *latest = asvc_group_find(task->name);
    task = latest != NULL ? latest : task;
    asvc_entry_t *entry = service_of(task);
    mp_obj_t schedule = ASVC_SCHEDULE && task->extra != NULL ? task->extra->schedule : MP_OBJ_NULL;
    if (schedule != MP_OBJ_NULL && schedule != mp_const_none) {
        // It was taken out of the schedule by a stop: starting it puts it back.
        if (!has_required(task, entry, say)) {
            return false;
        }
        asvc_record_for(task);
        asvc_manager_want(asvc_manager(), task->id);
        asvc_schedule_put_back(task->name, schedule);
        task->extra->schedule = MP_OBJ_NULL;
        return true;
    }
    bool at_end = (task->flags & ASVC_TASK_AT_END) != 0;
    if (asvc_task_goes_on(task) && !at_end) {
        bool stops = !asvc_manager_is_wanted(asvc_manager(), task->id);
        if (stops && has_required(task, entry, say)) {
            want(task->id, false); // its stop waits for others: the last word counts
            return true;
        }
        return !stops;
    }
    if (mp_obj_is_type(task->fun, &mp_type_gen_instance) && task->run != MP_OBJ_NULL) {
        if (say) {
            asvc_sayf("Task %o was added as a coroutine object, which runs once" ASVC_HINT(
                          ": add its function instead"),
                task->name);
        }
        return false;
    }
    if (is_barred(task, say)) {
        return false;
    }
    bool has = has_required(task, entry, say);
    asvc_record_for(task);
    if (entry == NULL && !asvc_task_is_live(task)) {
        task = asvc_next_run(task->id); // may raise: before anything is asked for
    }
    if (at_end && asvc_task_goes_on(task)) {
        asvc_manager_restart(asvc_manager(), task->id);
        asvc_drive();
    } else {
        want(task->id, !has);
    }
    return has;
}

// The task whose step is being made, a service's child, may have stopped its own service: it goes on until it ends.
static void spare_asker(void) {
    const asvc_task_t *asker = asvc_task_in_step();
    if (asker != NULL && asker->id != ASVC_NO_ID) {
        asvc_manager_spare(asvc_manager(), asker->id);
    }
}

void asvc_control_stop(asvc_task_t *task, bool stop_schedule) {
#if ASVC_SCHEDULE
    if (stop_schedule && asvc_schedule_options(task->name) != MP_OBJ_NULL) {
        asvc_task_extra(task); // may raise: first
    }
#endif
    asvc_task_drop_successor(task);
    if (task->id != ASVC_NO_ID) {
        asvc_manager_stop(asvc_manager(), task->id, true);
        if (ASVC_ASYNCMD) {
            spare_asker();
        }
    }
#if ASVC_SCHEDULE
    if (stop_schedule) {
        asvc_schedule_take_out(task);
    }
#else
    (void)stop_schedule;
#endif
    asvc_drive();
}

#if ASVC_EDGES

static bool is_meant(asvc_entry_t *entry, mp_obj_t name) {
    if (name == mp_const_none || asvc_registry_find(name) == entry) {
        return true;
    }
    size_t pattern_len, len;
    const char *pattern = mp_obj_str_get_data(name, &pattern_len);
    const char *text = mp_obj_str_get_data(entry->task_name, &len);
    return ASVC_COPIES && asvc_glob_match(pattern, pattern_len, text, len);
}

bool asvc_control_call_off(mp_obj_t name) {
    asvc_manager_t *m = asvc_manager();
    bool any = false;
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        if (asvc_manager_is_wanted(m, entry->id) && asvc_main_task(entry) == NULL && is_meant(entry, name)) {
            asvc_manager_stop(m, entry->id, false);
            any = true;
        }
    }
    if (any) {
        asvc_drive();
    }
    return any;
}

#endif

bool asvc_control_restart(asvc_task_t *task) {
    if (!asvc_task_is_live(task)) {
        return asvc_control_start(task, true);
    }
    if (is_barred(task, true) || !has_required(task, service_of(task), true)) {
        return false;
    }
    asvc_manager_restart(asvc_manager(), task->id);
    asvc_drive();
    return true;
}

void asvc_control_delete(asvc_task_t *task) {
#if ASVC_SCHEDULE
    asvc_schedule_remove_name(task->name);
#endif
    asvc_remove(task);
    asvc_drive();
}

#if ASVC_SUPERVISION

// ---- aioservice.restart, reset_failed --------------------------------------------------------

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
    asvc_task_t *task = task_of(asvc_name_arg(n_args, args, kwargs));
    return mp_obj_new_bool(task != NULL && asvc_control_restart(task));
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_restart_obj, 0, restart_by_hand);

// Clears the count of short runs, and "start limit hit", of a service and its further instances. Answers
// whether there was any.
static bool reset(asvc_entry_t *entry) {
    asvc_manager_t *m = asvc_manager();
    bool any = asvc_manager_reset_failed(m, entry->id);
    for (asvc_id_t id = asvc_manager_next_below(m, entry->id, ASVC_NO_ID); id != ASVC_NO_ID;
         id = asvc_manager_next_below(m, entry->id, id)) {
        any = asvc_manager_reset_failed(m, id) || any;
    }
    asvc_drive();
    return any;
}

// reset_failed(name=None): answers whether there was anything to reset.
static mp_obj_t reset_failed(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_or_none_arg(n_args, args, kwargs);
    if (name != mp_const_none) {
        asvc_task_t *task = task_of(name);
        asvc_entry_t *entry = task == NULL ? NULL : service_of(task);
        return mp_obj_new_bool(entry != NULL && reset(entry));
    }
    asvc_discover();
    bool any = false;
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        any = reset(entry) || any;
    }
    return mp_obj_new_bool(any);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_reset_failed_obj, 0, reset_failed);

#endif
