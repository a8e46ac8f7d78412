// The module aioservice: services found, loaded, configured, asked.
//
// The contract of each function stands in docs/reference/aioservice.md and typings/aioservice.pyi.
#include <string.h>

#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/look/events.h"
#include "bind/service/tell.h"
#include "bind/supervise/boot.h"
#include "bind/supervise/escalate.h"
#include "bind/config/config_store.h"
#include "bind/service/configure.h"
#include "bind/supervise/control.h"
#include "bind/service/discover.h"
#include "bind/look/failures.h"
#include "bind/look/snapshot.h"
#include "bind/look/top.h"
#include "bind/look/traceback.h"
#include "bind/supervise/hardware_watchdog.h"
#include "bind/look/insight.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/manager.h"
#include "bind/service/load.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/upward.h"
#include "bind/supervise/actions.h"
#include "bind/base/say.h"
#include "bind/supervise/schedule_loop.h"
#include "bind/modules/init.h"
#include "bind/look/status.h"
#include "bind/task/group.h"
#include "bind/task/schedule.h"
#include "manager/edges.h"

// ---- looking --------------------------------------------------------------------------------

static mp_obj_t aioservice_service(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_or_none_arg(n_args, args, kwargs);
    asvc_discover();
    if (name != mp_const_none) {
        asvc_entry_t *entry = asvc_registry_find(name);
        return entry == NULL ? mp_const_none : entry->service;
    }
    mp_obj_t all = mp_obj_new_dict(asvc_registry_len());
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        mp_obj_dict_store(all, entry->name, entry->service);
    }
    return all;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioservice_service_obj, 0, aioservice_service);

static mp_obj_t aioservice_list(void) {
    asvc_discover();
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        asvc_sayf("%o", asvc_entry_text(entry));
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_0(aioservice_list_obj, aioservice_list);

// What there is to say of a name that is not in the table: its file may be there and disabled.
static void say_absent(mp_obj_t name) {
    mp_obj_t plain = asvc_plain_name(name, "service name");
    const char *why = ASVC_HINTS || ASVC_CONFIG ? asvc_discover_why_absent(plain) : ASVC_NOT_FOUND;
    size_t len = strlen(ASVC_NOT_FOUND);
    if (strncmp(why, ASVC_NOT_FOUND, len) == 0) {
        asvc_say_not_found(name, why + len);
    } else {
        asvc_sayf("[ -- ] Service: %o.service %s", plain, why); // which is no mistake
    }
}

#if ASVC_SUPERVISION
// "[aioservice] safe mode, because of web.service: stopped: a, b"
static void say_safe_mode(void) {
    mp_obj_t why = asvc_root()->safe_mode;
    if (why == MP_OBJ_NULL) {
        return;
    }
    vstr_t line;
    vstr_init(&line, 80);
    asvc_addf(&line, "[aioservice] safe mode, because of %o", why);
    const char *before = ": stopped: ";
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        bool failed =
            (asvc_manager_view(asvc_manager(), entry->id) & ASVC_VIEW_LIMIT_HIT) != 0; // it was not running
        if (asvc_manager_is_set_aside(asvc_manager(), entry->id) && !failed) {
            asvc_addf(&line, "%s%o", before, entry->name);
            before = ", ";
        }
    }
    asvc_say(&line);
    vstr_clear(&line);
}
#endif

// What is true of all of them.
static void say_all(void) {
#if ASVC_SUPERVISION
    say_safe_mode();
#endif
#if ASVC_CONFIG
    if (asvc_root()->config_broken != MP_OBJ_NULL) {
        asvc_sayf("%kservices.config: %o", false, asvc_root()->config_broken);
    }
#endif
}

static mp_obj_t aioservice_status(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_or_none_arg(n_args, args, kwargs);
    asvc_discover();
    if (name != mp_const_none) {
        asvc_entry_t *entry = asvc_registry_find(name);
        if (entry == NULL) {
            say_absent(name);
        } else {
            asvc_say_status(entry);
        }
        return mp_const_none;
    }
    say_all();
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        if (entry->loaded || asvc_entry_error(entry) != MP_OBJ_NULL) {
            asvc_say_status(entry);
        }
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioservice_status_obj, 0, aioservice_status);

static mp_obj_t aioservice_call(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    asvc_entry_t *entry = asvc_find_or_say(asvc_name_arg(n_args, args, kwargs));
    bool callable = entry != NULL && mp_obj_is_callable(entry->service);
    return callable ? mp_call_function_0(entry->service) : mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioservice_call_obj, 0, aioservice_call);

// ---- loading --------------------------------------------------------------------------------

// The keywords debug, log, debug_log, config, in that order. config: what services.config holds now. check: tell what is
// wrong with it.
static asvc_load_opts_t opts_from(const mp_arg_val_t *arg, bool check) {
    enum { ARG_debug, ARG_log, ARG_debug_log, ARG_config };
    asvc_take_logger(arg[ARG_log].u_obj);
    return (asvc_load_opts_t){
        .say = arg[ARG_debug].u_bool,
        .debug_log = arg[ARG_debug_log].u_bool,
        .config = asvc_load_read_config(arg[ARG_config].u_bool, check),
    };
}

// Whether it runs, waits for its due time, or rests between two of them.
static bool is_up(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    return task != NULL
        && (asvc_task_is_live(task) || asvc_task_state(task) == ASVC_WAITING
            || (ASVC_SCHEDULE && asvc_schedule_has_next(task->name)));
}

typedef struct {
    const asvc_load_opts_t *opts;
    bool with_core;
    bool ok;
} load_enabled_t;

static void load_each_enabled(void *arg) {
    load_enabled_t *self = arg;
    // Loading moves entries, and who is told of it may unload any.
    size_t len = 0;
    asvc_entry_t **entries = m_new(asvc_entry_t *, asvc_registry_len() + 1);
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        entries[len++] = at;
    }
    for (size_t i = 0; i < len; i++) {
        asvc_entry_t *entry = entries[i];
        if (entry->service == MP_OBJ_NULL) {
            continue;
        }
        bool core = ASVC_BOOT && asvc_entry_is_core(entry);
        bool failed_import = entry->error != MP_OBJ_NULL && !entry->loaded;
        bool wanted = failed_import
            || (asvc_entry_enabled(
                    entry, self->opts->config, asvc_is_true(asvc_entry_attr_quiet(entry, MP_QSTR_enabled)))
                && !is_up(entry));
        if ((self->with_core || !core) && wanted) {
            self->ok = asvc_load(entry, self->opts) != NULL && self->ok;
        }
    }
    ASVC_KEEP(entries);
}

static void tell_not_found(mp_obj_t name, const char *more) {
    mp_obj_t plain = asvc_plain_name(name, "service name");
    asvc_tell_name(ASVC_EVENT_LOAD_FAILED, plain, asvc_strf("not found%s", more), 0);
    asvc_events_tell();
}

// Tells of each name that services.config enables whether its file is missing: it may well be mistyped.
// Answers whether there is none.
static bool tell_missing(mp_obj_t config) {
    bool any = false;
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_dict_next(config, &at)) != NULL) {
        if (asvc_config_enabled(config, elem->key, false) && asvc_registry_find(elem->key) == NULL
            && !asvc_discover_has_file(elem->key)) {
            tell_not_found(elem->key, ", which services.config enables");
            any = true;
        }
    }
    ASVC_KEEP(config);
    return !any;
}

// Loads all enabled services that are not up yet, core ones only where wanted; answers whether all
// went well. What failed to import is tried too, so that its error is said in its place.
static bool load_enabled(const asvc_load_opts_t *opts, bool with_core) {
    asvc_group_check_loop();
    load_enabled_t self = { .opts = opts, .with_core = with_core, .ok = true };
    asvc_actions_together(load_each_enabled, &self);
    bool all_there = !ASVC_CONFIG || opts->config == MP_OBJ_NULL || tell_missing(opts->config);
    return self.ok && all_there;
}

static mp_obj_t load_one(mp_obj_t name, asvc_load_opts_t *opts) {
    asvc_group_check_loop();
    asvc_entry_t *entry = asvc_discover_one(name);
    if (entry != NULL && asvc_manager_is_unloading(asvc_manager(), entry->id)) {
        asvc_unload(entry); // now
        entry = asvc_discover_one(name);
    }
    if (entry != NULL && asvc_load_import_failed(entry)) {
        asvc_discover_forget(entry); // the file may have been repaired
        entry = asvc_discover_one(name);
    }
    if (entry == NULL) {
        tell_not_found(name, "");
        return mp_const_false;
    }
    if (asvc_manager_is_in_boot(asvc_manager(), entry->id)
        && (entry->seat.task == NULL || !asvc_task_is_live(entry->seat.task))) {
        asvc_sayf("[ -- ] %o: boot starts it in its turn", asvc_entry_text(entry));
        return mp_const_true;
    }
    // A first load is always told, and one after a failure.
    opts->say = opts->say || !entry->loaded || asvc_entry_error(entry) != MP_OBJ_NULL;
    return mp_obj_new_bool(asvc_load(entry, opts) != NULL);
}

static mp_obj_t aioservice_load(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_name, ARG_opts };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_debug, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } },
        { MP_QSTR_log, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_debug_log, MP_ARG_BOOL, { .u_bool = false } },
        { MP_QSTR_config, MP_ARG_BOOL, { .u_bool = false } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    mp_obj_t debug = arg[ARG_opts].u_obj;
    if (ASVC_HINTS && !mp_obj_is_bool(debug) && !mp_obj_is_small_int(debug)) {
        // The second argument is easily taken for the logger's or the service's.
        asvc_raise(&mp_type_TypeError,
            "load: debug: expected True or False, got %t (a logger is given as log=, arguments in "
            "service.args)",
            debug);
    }
    arg[ARG_opts].u_bool = mp_obj_is_true(debug);
    asvc_load_opts_t opts = opts_from(arg + ARG_opts, false);
    if (arg[ARG_name].u_obj == mp_const_none) {
        asvc_discover();
        return mp_obj_new_bool(load_enabled(&opts, true));
    }
    return load_one(arg[ARG_name].u_obj, &opts);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioservice_load_obj, 0, aioservice_load);

// What requires a service is stopped with it: each is told, as nobody has named it.
static void tell_dependants(asvc_id_t id) {
#if ASVC_EDGES
    const asvc_manager_t *m = asvc_manager();
    for (uint16_t at = asvc_edges_in(asvc_record(m, id)); at != 0; at = asvc_edge(m, at)->next_in) {
        const asvc_edge_t *edge = asvc_edge(m, at);
        if (edge->kind == ASVC_REQUIRES && asvc_manager_is_wanted(m, edge->from)) {
            mp_obj_t name = asvc_registry_of_record(id)->name;
            asvc_tell_as(ASVC_EVENT_STOPPING, edge->from, name, 0, ASVC_EVENT_SAY | ASVC_EVENT_LOG);
        }
    }
#else
    (void)id;
#endif
}

static mp_obj_t aioservice_unload(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    asvc_entry_t *entry = asvc_find_or_say(asvc_name_arg(n_args, args, kwargs));
    if (entry != NULL) {
        tell_dependants(entry->id);
        asvc_unload(entry);
    }
    return mp_obj_new_bool(entry != NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioservice_unload_obj, 0, aioservice_unload);

#if ASVC_SUPERVISION

// reload(name): also what could not be imported; what is not known yet is loaded.
static mp_obj_t aioservice_reload(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_arg(n_args, args, kwargs);
    asvc_entry_t *entry = asvc_discover_known(name);
    bool wanted =
        entry == NULL || asvc_load_import_failed(entry) || asvc_manager_is_wanted(asvc_manager(), entry->id);
    bool goes_on = entry != NULL && entry->seat.task != NULL && wanted;
    if (goes_on && asvc_bars(entry->seat.task) == NULL) {
        asvc_manager_reload(asvc_manager(), entry->id);
        asvc_drive();
        return mp_const_true;
    }
    if (entry != NULL) {
        asvc_unload(entry);
        asvc_unload(entry); // now
    }
    if (wanted) {
        asvc_load_opts_t opts = { .say = true, .config = asvc_load_read_config(true, false) };
        return load_one(name, &opts);
    }
    return mp_obj_new_bool(asvc_discover_one(name) != NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioservice_reload_obj, 0, aioservice_reload);

#endif

static mp_obj_t aioservice_init(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_opts, ARG_log, ARG_init_schedule = 4 };
    mp_arg_val_t arg[ASVC_N_INIT_ARGS];
    mp_arg_parse_all(n_args, args, kwargs, ASVC_N_INIT_ARGS, asvc_init_args, arg);
    asvc_take_logger(arg[ARG_log].u_obj); // discovering may tell, too
    asvc_discover();
    asvc_load_opts_t opts = opts_from(arg + ARG_opts, true);
    // Core services are boot's; without it each is an error, which is to be said.
    load_enabled(&opts, !ASVC_BOOT);
    if (ASVC_SCHEDULE && arg[ARG_init_schedule].u_bool) {
        asvc_schedule_start_loop();
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioservice_init_obj, 0, aioservice_init);

// ---- the module -----------------------------------------------------------------------------

static const mp_rom_map_elem_t aioservice_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_aioservice) },
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&asvc_state_init_obj) },
    { MP_ROM_QSTR(MP_QSTR_service), MP_ROM_PTR(&aioservice_service_obj) },
    { MP_ROM_QSTR(MP_QSTR_list), MP_ROM_PTR(&aioservice_list_obj) },
    { MP_ROM_QSTR(MP_QSTR_status), MP_ROM_PTR(&aioservice_status_obj) },
    { MP_ROM_QSTR(MP_QSTR_load), MP_ROM_PTR(&aioservice_load_obj) },
    { MP_ROM_QSTR(MP_QSTR_unload), MP_ROM_PTR(&aioservice_unload_obj) },
    { MP_ROM_QSTR(MP_QSTR_init), MP_ROM_PTR(&aioservice_init_obj) },
    { MP_ROM_QSTR(MP_QSTR_call), MP_ROM_PTR(&aioservice_call_obj) },
    { MP_ROM_QSTR(MP_QSTR_traceback), MP_ROM_PTR(&asvc_service_traceback_obj) },
    { MP_ROM_QSTR(MP_QSTR_quiet), MP_ROM_PTR(&asvc_quiet_obj) },
#if ASVC_LOG
    { MP_ROM_QSTR(MP_QSTR_set_logger), MP_ROM_PTR(&asvc_set_logger_obj) },
#endif
#if ASVC_EVENTS
    { MP_ROM_QSTR(MP_QSTR_events), MP_ROM_PTR(&asvc_events_obj) },
    { MP_ROM_QSTR(MP_QSTR_follow), MP_ROM_PTR(&asvc_events_follow_obj) },
    { MP_ROM_QSTR(MP_QSTR_on_event), MP_ROM_PTR(&asvc_on_event_obj) },
#endif
#if ASVC_BOOT
    { MP_ROM_QSTR(MP_QSTR_boot), MP_ROM_PTR(&asvc_type_boot) },
#endif
#if ASVC_CONFIG
    { MP_ROM_QSTR(MP_QSTR_config), MP_ROM_PTR(&asvc_config_obj) },
    { MP_ROM_QSTR(MP_QSTR_enable), MP_ROM_PTR(&asvc_enable_obj) },
    { MP_ROM_QSTR(MP_QSTR_disable), MP_ROM_PTR(&asvc_disable_obj) },
    { MP_ROM_QSTR(MP_QSTR_get_config), MP_ROM_PTR(&asvc_get_config_obj) },
#endif
#if ASVC_SUPERVISION
    { MP_ROM_QSTR(MP_QSTR_restart), MP_ROM_PTR(&asvc_restart_obj) },
    { MP_ROM_QSTR(MP_QSTR_reload), MP_ROM_PTR(&aioservice_reload_obj) },
    { MP_ROM_QSTR(MP_QSTR_reset_failed), MP_ROM_PTR(&asvc_reset_failed_obj) },
    { MP_ROM_QSTR(MP_QSTR_failures), MP_ROM_PTR(&asvc_failures_obj) },
    { MP_ROM_QSTR(MP_QSTR_safe_mode), MP_ROM_PTR(&asvc_safe_mode_obj) },
    { MP_ROM_QSTR(MP_QSTR_hardware_watchdog), MP_ROM_PTR(&asvc_hardware_watchdog_obj) },
#endif
#if ASVC_INSIGHT
    { MP_ROM_QSTR(MP_QSTR_verify), MP_ROM_PTR(&asvc_verify_obj) },
    { MP_ROM_QSTR(MP_QSTR_blame), MP_ROM_PTR(&asvc_blame_obj) },
    { MP_ROM_QSTR(MP_QSTR_critical_chain), MP_ROM_PTR(&asvc_critical_chain_obj) },
    { MP_ROM_QSTR(MP_QSTR_dot), MP_ROM_PTR(&asvc_dot_obj) },
#endif
#if ASVC_SNAPSHOT
    { MP_ROM_QSTR(MP_QSTR_snapshot), MP_ROM_PTR(&asvc_snapshot_obj) },
#endif
#if ASVC_TOP
    { MP_ROM_QSTR(MP_QSTR_top), MP_ROM_PTR(&asvc_top_obj) },
#endif
};
static MP_DEFINE_CONST_DICT(aioservice_globals, aioservice_globals_table);

const mp_obj_module_t asvc_module_aioservice = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&aioservice_globals,
};
MP_REGISTER_MODULE(MP_QSTR_aioservice, asvc_module_aioservice);
