#include "bind/service/load.h"

#include <string.h>

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/config/config_store.h"
#include "bind/supervise/control.h"
#include "bind/service/discover.h"
#include "bind/config/env.h"
#include "bind/task/group.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/service/left_out.h"
#include "bind/base/map.h"
#include "bind/service/options.h"
#include "bind/base/raise.h"
#include "bind/supervise/relations.h"
#include "bind/base/say.h"
#include "bind/supervise/schedule_loop.h"
#include "bind/service/service_class.h"
#include "bind/task/signature.h"
#include "bind/supervise/supervise.h"

// ---- lines ----------------------------------------------------------------------------------

void asvc_outcome(const asvc_load_opts_t *opts, bool ok, mp_obj_t text) {
    if (opts->say) {
        asvc_sayf("%k%o", ok, text);
        asvc_set_said();
    }
    if (ASVC_LOG && opts->debug_log) {
        mp_obj_t line = asvc_strf("[aioservice] [ %s ] %o", ok ? "OK" : "ERROR", text);
        asvc_log(opts->log, ok ? MP_QSTR_info : MP_QSTR_error, line);
    }
}

mp_obj_t asvc_entry_text(asvc_entry_t *entry) {
    return asvc_strf("Service: %o.service from %s", entry->name, asvc_entry_path(entry));
}

// Whether Python code raised it, so that its traceback shows more.
static bool has_traceback(mp_obj_t exc) {
    size_t n, *values;
    mp_obj_exception_get_traceback(exc, &n, &values);
    return n > 0;
}

// The class of an exception, as the document shows it; of what has no place in Python code the text, too; of our
// own errors the text.
static mp_obj_t error_text(mp_obj_t error) {
    bool own = !mp_obj_is_exception_instance(error) || asvc_is_a(error, &mp_type_ServiceException);
    return asvc_strf(own ? "Error: %o" : has_traceback(error) ? "Error: %t" : "Error: %t: %o", error, error);
}

// What is wrong with a main task; MP_OBJ_NULL where nothing is.
static mp_obj_t trouble_text(asvc_task_t *task) {
    if (task->state == ASVC_STUCK) {
        return asvc_strf("%s", asvc_supervise_bars(task));
    }
    mp_obj_t result = asvc_task_result(task);
    bool restart_is_due = asvc_restart_is_due(task);
    bool failed =
        task->state == ASVC_FAILED || (restart_is_due && result != MP_OBJ_NULL && asvc_is_exception(result));
    if (!failed) {
        return MP_OBJ_NULL;
    }
    asvc_supervision_t *supervision = asvc_supervision(task);
    const char *then = "";
    if (restart_is_due) {
        then = ", will be restarted";
    } else if (supervision != NULL && supervision->state.limit_hit) {
        then = ", start limit hit: aioservice.reset_failed() lets it start again";
    }
    return asvc_strf("failed: %o%s", error_text(result), then);
}

mp_obj_t asvc_status_text(asvc_entry_t *entry, asvc_entry_state_t *state) {
    mp_obj_t which = asvc_entry_text(entry);
    asvc_task_t *task = asvc_main_task(entry);
    mp_obj_t trouble = MP_OBJ_NULL;
    if (entry->error != MP_OBJ_NULL) {
        trouble = asvc_strf("not loaded: %o", error_text(entry->error));
    } else if (task != NULL) {
        trouble = trouble_text(task);
    }
    bool loaded = entry->loaded;
    if (state != NULL) {
        *state = trouble != MP_OBJ_NULL ? ASVC_ENTRY_ERROR : loaded ? ASVC_ENTRY_OK : ASVC_ENTRY_IDLE;
    }
    return asvc_strf(trouble != MP_OBJ_NULL ? "%o %o"
            : loaded                        ? "%o loaded"
                                            : "%o not loaded",
        which, trouble);
}

const asvc_load_opts_t asvc_on_stdout = { .say = true }; // no debug_log: .log is not read

void asvc_say_not_found(mp_obj_t name, const asvc_load_opts_t *opts, const char *more) {
    mp_obj_t plain = asvc_plain_name(name, "service name");
    asvc_outcome(opts, false, asvc_strf("Service: %o.service not found%s", plain, more));
}

asvc_entry_t *asvc_find_or_say(mp_obj_t name) {
    asvc_discover();
    asvc_entry_t *entry = asvc_registry_find(name);
    if (entry == NULL) {
        entry = asvc_discover_by_file(name); // as load takes it
    }
    if (entry == NULL) {
        asvc_say_not_found(name, &asvc_on_stdout, "");
    }
    return entry;
}

void asvc_say_status(asvc_entry_t *entry) {
    asvc_entry_state_t state;
    mp_obj_t text = asvc_status_text(entry, &state);
    if (state == ASVC_ENTRY_IDLE) {
        asvc_sayf("[ -- ] %o", text); // neither well nor wrong
    } else {
        asvc_outcome(&asvc_on_stdout, state == ASVC_ENTRY_OK, text);
    }
}

// ---- services.config ------------------------------------------------------------------------

// A service's attribute that fits() takes; what: a thing that it takes, as people call it.
static mp_obj_t checked_attr(asvc_entry_t *entry, qstr attr, bool (*fits)(mp_obj_t value), const char *what) {
    mp_obj_t value = asvc_entry_attr(entry, attr);
    if (!fits(value)) {
        asvc_raise(
            &mp_type_TypeError, "%o.%q: expected a %s, got %t", entry->name, attr, what, asvc_or_none(value));
    }
    return value;
}

static mp_obj_t kwargs_of(asvc_entry_t *entry) {
    return checked_attr(entry, MP_QSTR_kwargs, asvc_is_dict, "dict");
}

// restart, require and the like stand beside kwargs.
static void apply_options(asvc_entry_t *entry, mp_obj_t found) {
    mp_map_t *map = mp_obj_dict_get_map(found);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        qstr key = mp_obj_str_get_qstr(elem->key);
        if (asvc_options_is_key(key)) {
            mp_store_attr(entry->service, key, asvc_env_expand(elem->value));
        }
    }
    ASVC_KEEP(found);
}

void asvc_load_config(asvc_entry_t *entry, mp_obj_t config) {
    mp_obj_t found = config == MP_OBJ_NULL ? MP_OBJ_NULL : asvc_config_entry(config, entry->name);
    if (found == MP_OBJ_NULL) {
        return;
    }
    mp_obj_t enabled = asvc_dict_get(found, MP_QSTR_enabled);
    if (enabled != MP_OBJ_NULL) {
        mp_store_attr(entry->service, MP_QSTR_enabled, enabled);
    }
    mp_obj_t args = asvc_dict_get(found, MP_QSTR_args);
    if (args != MP_OBJ_NULL) {
        mp_store_attr(entry->service, MP_QSTR_args, asvc_env_expand(args));
    }
    apply_options(entry, found);
    mp_obj_t kwargs = asvc_dict_get(found, MP_QSTR_kwargs);
    if (kwargs == MP_OBJ_NULL) {
        return;
    }
    mp_obj_t own = kwargs_of(entry);
    mp_map_t *map = mp_obj_dict_get_map(kwargs);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        mp_obj_t key = mp_obj_str_intern_checked(elem->key);
        mp_obj_t value = asvc_env_expand(elem->value);
        if (key == MP_OBJ_NEW_QSTR(MP_QSTR_schedule)) {
            mp_store_attr(entry->service, MP_QSTR_schedule, value);
        } else {
            mp_obj_dict_store(own, key, value);
        }
    }
    ASVC_KEEP(kwargs);
}

// ---- the task -------------------------------------------------------------------------------

asvc_task_t *asvc_main_task(asvc_entry_t *entry) {
    return asvc_group_find(entry->task_name);
}

bool asvc_is_main_task(const asvc_task_t *task) {
    return task->entry != NULL && task->name == task->entry->task_name;
}

bool asvc_main_is_live(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    return task != NULL && asvc_task_is_live(task);
}

// Of what aioservice itself hands to a task: whether to leave it out. A task need not have a use for
// the logger, nor for the names of the services it waits for.
static bool leave_out(mp_obj_t fun, qstr key, mp_obj_t value) {
    if (key != MP_QSTR_log && key != MP_QSTR_require && key != MP_QSTR_restart) {
        return false;
    }
    asvc_arg_t takes = asvc_signature_arg(fun, key);
    return takes == ASVC_ARG_REFUSED || (takes == ASVC_ARG_OPTIONAL && value == mp_const_none);
}

// The record: task(service, *service.args, **service.kwargs, log=log).
static asvc_task_t *new_task(asvc_entry_t *entry, mp_obj_t log) {
    mp_obj_t fun = asvc_service_task_function(entry->service);
    if (fun == MP_OBJ_NULL) {
        asvc_raise(&mp_type_AttributeError, "%o has no task any more", entry->name);
    }
    size_t n_args;
    mp_obj_t *args;
    mp_obj_t own_args = checked_attr(entry, MP_QSTR_args, asvc_is_sequence, "list");
    mp_obj_get_array(own_args, &n_args, &args);
    mp_obj_t own_kwargs = kwargs_of(entry);
    mp_map_t *kwargs = mp_obj_dict_get_map(own_kwargs);
    mp_obj_t *flat = m_new(mp_obj_t, 1 + n_args + 2 * (kwargs->used + 1));
    flat[0] = entry->service;
    memcpy(flat + 1, args, n_args * sizeof(mp_obj_t));
    mp_obj_t *kept = flat + 1 + n_args, *end = kept + asvc_map_to_args(kwargs, MP_QSTRnull, kept);
    bool log_given = false;
    for (mp_obj_t *pair = kept; pair < end; pair += 2) {
        log_given = log_given || asvc_is_key(pair[0], MP_QSTR_log);
        if (!leave_out(fun, MP_OBJ_QSTR_VALUE(pair[0]), pair[1])) {
            kept[0] = pair[0];
            kept[1] = pair[1];
            kept += 2;
        }
    }
    if (ASVC_LOG && !log_given && !leave_out(fun, MP_QSTR_log, log)) {
        kept[0] = MP_OBJ_NEW_QSTR(MP_QSTR_log);
        kept[1] = log;
        kept += 2;
    }
    size_t n_kw = (size_t)(kept - flat - 1 - n_args) / 2;
    asvc_task_t *task = asvc_task_new(fun, entry->task_name, 1 + n_args, n_kw, flat);
    ASVC_KEEP(own_args);
    ASVC_KEEP(own_kwargs);
    m_del(mp_obj_t, flat, 1 + n_args + 2 * (kwargs->used + 1));
    return task;
}

// A task that waits without being in the schedule would wait for ever.
static void schedule_or_delete(asvc_task_t *task, mp_obj_t schedule) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        asvc_schedule_set(task->name, schedule);
        nlr_pop();
    } else {
        asvc_schedule_remove_name(task->name);
        asvc_group_delete(task);
        nlr_jump(nlr.ret_val);
    }
}

// Puts the record where it belongs: in the place of one that has ended, behind one that is ending, or beside
// one that runs. hold: it waits for what it requires.
static void enter(asvc_task_t *task, bool scheduled, bool hold) {
    asvc_task_t *old = asvc_group_find(task->name);
    bool live = old != NULL && asvc_task_is_live(old);
    bool ends = live && (asvc_task_is_ending(old) || (old->flags & ASVC_TASK_AT_END));
    if (ends || (live && !ASVC_COPIES)) {
        asvc_task_start_after(old, task);
        if (!ends) {
            asvc_task_stop(old);
        }
        return;
    }
    hold = hold && !live;
    if (old != NULL && !live) {
        asvc_group_replace(task, scheduled || hold);
    } else {
        asvc_group_add(task, scheduled || hold);
    }
    task->flags |= hold ? ASVC_TASK_HELD : 0;
}

// Whether it may not be started now: it has hit its start limit, or is stuck. Its status says so.
static bool is_barred(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    return task != NULL && asvc_supervise_bars(task) != NULL;
}

static asvc_task_t *start(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    asvc_load_config(entry, opts->config);
    asvc_left_out_check(entry);
    if (!mp_obj_is_true(asvc_entry_attr(entry, MP_QSTR_loaded))) {
        asvc_raise(&mp_type_ValueError, "its attribute `loaded` is False");
    }
    if (asvc_relations_stop_waits(entry)) {
        asvc_relations_wanted(entry); // the last word counts
        return asvc_main_task(entry);
    }
    asvc_task_t *task = new_task(entry, opts->log);
    task->entry = entry;
    asvc_supervise(task);
    mp_obj_t schedule = ASVC_SCHEDULE ? asvc_entry_attr(entry, MP_QSTR_schedule) : MP_OBJ_NULL;
    // A core service runs once, at boot: it has no use for a schedule.
    bool scheduled = ASVC_SCHEDULE && asvc_is_true(schedule) && !asvc_entry_is_core(entry);
    if (scheduled) {
        asvc_schedule_check(task->name, schedule); // before anything is committed
    }
    bool named = asvc_relations_load(entry, opts);
    enter(task, scheduled, named && !scheduled);
    if (scheduled) {
        schedule_or_delete(task, schedule);
    }
    entry->wanted = true;
    asvc_registry_mark_loaded(entry);
    return task;
}

// start(), with what it raises kept in entry->error.
static asvc_task_t *start_protected(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        entry->loading = true;
        asvc_task_t *task = start(entry, opts);
        entry->loading = false;
        nlr_pop();
        return task;
    }
    entry->loading = false;
    mp_obj_t exc = asvc_keepable(MP_OBJ_FROM_PTR(nlr.ret_val));
    asvc_raise_unless_exception(exc);
    entry->error = exc;
    asvc_registry_mark_loaded(entry);
    return NULL;
}

bool asvc_load_import_failed(asvc_entry_t *entry) {
    return entry->error != MP_OBJ_NULL && asvc_entry_attr_quiet(entry, MP_QSTR_info) == entry->error;
}

// task: what was started, or NULL. A further instance is always told: a load may well be meant to start the
// service anew.
static void say_loaded(asvc_entry_t *entry, asvc_load_opts_t opts, asvc_task_t *task) {
    bool ok = task != NULL, further = ASVC_COPIES && ok && task->name != entry->task_name;
    opts.say = opts.say || further;
    if (!opts.say && !opts.debug_log) {
        return;
    }
    mp_obj_t text;
    if (ok) {
        // Of a service whose earlier run failed this is the start of a new one.
        text = asvc_strf(further ? "%o loaded as %o, beside the one that runs" : "%o loaded",
            asvc_entry_text(entry), task->name);
    } else {
        text = asvc_status_text(entry, NULL);
    }
    asvc_outcome(&opts, ok, text);
}

asvc_task_t *asvc_load(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    asvc_task_t *task = NULL;
    asvc_registry_clear_refusal(entry);
    asvc_group_take_back(entry);
    if (asvc_load_import_failed(entry)) {
        asvc_registry_mark_loaded(entry);
    } else if (!is_barred(entry)) {
        entry->error = MP_OBJ_NULL; // a new try
        task = start_protected(entry, opts);
    }
    say_loaded(entry, *opts, task);
    asvc_relations_settle();
    return task;
}

void asvc_unload(asvc_entry_t *entry) {
    if (asvc_relations_unload_waits(entry)) {
        asvc_control_unschedule(asvc_main_task(entry)); // a start puts it back
        return;
    }
    size_t name_len, len;
    const char *name = mp_obj_str_get_data(entry->name, &name_len);
    asvc_task_t **tasks = asvc_group_of_service(name, name_len, &len);
    for (size_t i = 0; i < len; i++) {
        asvc_control_delete(tasks[i]);
    }
    ASVC_KEEP(tasks);
    asvc_discover_forget(entry);
}
