#include "bind/service/load.h"

#include <string.h>

#include "py/cstack.h"
#include "py/objlist.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/manager.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/upward.h"
#include "bind/config/config_store.h"
#include "bind/config/env.h"
#include "bind/service/check.h"
#include "bind/service/discover.h"
#include "bind/service/left_out.h"
#include "bind/service/names.h"
#include "bind/service/options.h"
#include "bind/service/service_class.h"
#include "bind/service/tell.h"
#include "bind/service/why.h"
#include "bind/task/add.h"
#include "bind/task/group.h"
#include "bind/task/make.h"
#include "bind/task/schedule.h"
#include "bind/task/signature.h"

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

// enabled, args, restart, require and the like stand beside kwargs.
static void apply_attrs(asvc_entry_t *entry, mp_obj_t found) {
    mp_map_t *map = mp_obj_dict_get_map(found);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        qstr key = mp_obj_str_get_qstr(elem->key);
        if (key == MP_QSTR_enabled || key == MP_QSTR_args || asvc_options_is_key(key)) {
            mp_store_attr(entry->service, key, asvc_env_expand(elem->value, NULL));
        }
    }
    ASVC_KEEP(found);
}

mp_obj_t asvc_load_read_config(bool use, bool check) {
    mp_obj_t config = ASVC_CONFIG && use ? asvc_config_read() : MP_OBJ_NULL;
    if (ASVC_INSIGHT && check) {
        asvc_try(asvc_check, MP_OBJ_TO_PTR(config));
    }
    return ASVC_CONFIG && use ? asvc_config_index(config) : MP_OBJ_NULL;
}

void asvc_load_config(asvc_entry_t *entry, mp_obj_t config) {
    mp_obj_t found =
        ASVC_CONFIG && config != MP_OBJ_NULL ? asvc_config_entry(config, entry->name) : MP_OBJ_NULL;
    if (found == MP_OBJ_NULL) {
        return;
    }
    apply_attrs(entry, found);
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
        mp_obj_t value = asvc_env_expand(elem->value, NULL);
        if (key == MP_OBJ_NEW_QSTR(MP_QSTR_schedule)) {
            mp_store_attr(entry->service, MP_QSTR_schedule, value);
        } else {
            mp_obj_dict_store(own, key, value);
        }
    }
    ASVC_KEEP(kwargs);
}

// ---- the task -------------------------------------------------------------------------------

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
    size_t n = 1 + n_args + 2 * (kwargs->used + 1);
    mp_obj_t few[8], *flat = n > MP_ARRAY_SIZE(few) ? m_new(mp_obj_t, n) : few;
    flat[0] = entry->service;
    memcpy(flat + 1, args, n_args * sizeof(mp_obj_t));
    mp_obj_t *kept = flat + 1 + n_args, *end = kept + asvc_map_to_args(kwargs, MP_QSTRnull, kept);
    if (ASVC_LOG && asvc_dict_get(own_kwargs, MP_QSTR_log) == MP_OBJ_NULL) {
        end[0] = MP_OBJ_NEW_QSTR(MP_QSTR_log);
        end[1] = log;
        end += 2;
    }
    for (mp_obj_t *pair = kept; pair < end; pair += 2) {
        if (!leave_out(fun, MP_OBJ_QSTR_VALUE(pair[0]), pair[1])) {
            kept[0] = pair[0];
            kept[1] = pair[1];
            kept += 2;
        }
    }
    size_t n_kw = (size_t)(kept - flat - 1 - n_args) / 2;
    asvc_task_t *task = asvc_task_new(fun, entry->task_name, 1 + n_args, n_kw, flat);
    ASVC_KEEP(own_args);
    ASVC_KEEP(own_kwargs);
    return task;
}

// What a service asks for, read before anything is changed.
typedef struct {
    unsigned glance; // what of it
    asvc_options_t options;
} asked_t;

static unsigned glance_at(mp_obj_t service) {
    return ASVC_EDGES ? asvc_options_glance(service) : ASVC_ASKS_OTHER;
}

static void read_asked(asked_t *asked, mp_obj_t service) {
    asked->options = (asvc_options_t){ .then = mp_const_none };
    if (ASVC_SUPERVISION && (asked->glance & ASVC_ASKS_RULES)) {
        asvc_options_read(service, &asked->options);
    }
}

static void take_asked(const asked_t *asked, asvc_task_t *task, asvc_id_t id) {
    asvc_manager_t *m = asvc_manager();
    asvc_block_t *block = asvc_record(m, id)->block;
    if (!ASVC_SUPERVISION || (!(asked->glance & ASVC_ASKS_RULES) && block == NULL)) {
        return;
    }
    asvc_task_extra_t *extra = asvc_task_extra(task);
    if (block == NULL) {
        block = m_new0(asvc_block_t, 1);
    }
    extra->then = asked->options.then;
    extra->along = asked->options.along;
    asvc_manager_set_block(m, id, block, &asked->options.rules);
}

void asvc_load_options(mp_obj_t service, asvc_task_t *task, asvc_id_t id) {
    asked_t asked = { .glance = glance_at(service) };
    read_asked(&asked, service);
    take_asked(&asked, task, id);
}

static void read_again(void *arg) {
    asvc_task_t *task = arg;
    asvc_load_options(asvc_task_service(task), task, task->id);
}

void asvc_load_options_anew(void *arg) {
    const asvc_task_t *task = arg;
    mp_obj_t exc = asvc_catch(&mp_type_ServiceException, read_again, arg);
    if (exc != MP_OBJ_NULL) {
        asvc_sayf("[aioservice] %o: %o; it goes on as before", task->name, exc);
    }
}

// *glance: what the service asks for.
static asvc_task_t *make_run(asvc_entry_t *entry, const asvc_load_opts_t *opts, unsigned *glance) {
    asvc_load_config(entry, opts->config);
    asvc_left_out_check(entry);
    *glance = glance_at(entry->service);
    mp_obj_t loaded = *glance & ASVC_ASKS_OTHER ? asvc_entry_set_attr(entry, MP_QSTR_loaded) : MP_OBJ_NULL;
    if (loaded != MP_OBJ_NULL && !mp_obj_is_true(loaded)) {
        asvc_raise(&mp_type_ValueError, "its attribute `loaded` is False");
    }
    return new_task(entry, asvc_root()->logger);
}

asvc_task_t *asvc_load_run(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    unsigned glance;
    return make_run(entry, opts, &glance);
}

// ---- what it names --------------------------------------------------------------------------

static bool has_failed(asvc_entry_t *entry) {
    asvc_task_t *task = asvc_main_task(entry);
    return asvc_entry_error(entry) != MP_OBJ_NULL || (task != NULL && asvc_task_state(task) == ASVC_FAILED);
}

// Loads of the names what is neither up nor coming.
static void pull_in(const mp_obj_tuple_t *names, const asvc_load_opts_t *opts) {
    for (size_t i = 0; i < names->len; i++) {
        asvc_entry_t *other = asvc_discover_enabled(names->items[i]);
        const asvc_manager_t *m = asvc_manager();
        if (other != NULL && asvc_manager_is_unloading(m, other->id)) {
            asvc_unload(other); // now: what is loaded is to be as its file says
            other = asvc_discover_enabled(names->items[i]);
        }
        if (other == NULL || other->loading || asvc_manager_is_in_boot(m, other->id)) {
            continue;
        }
        if (other->loaded && asvc_manager_is_coming(m, other->id)) {
            continue;
        }
        // A core service that has failed, or that boot has refused, is tried again for who loads a service by hand, but
        // not by init().
        bool given_up = asvc_entry_is_core(other) && has_failed(other) && asvc_root()->holding > 0;
        if (!given_up) {
            asvc_load(other, opts);
        }
    }
    ASVC_KEEP(names);
}

#if ASVC_EDGES
void asvc_load_required(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    mp_cstack_check(); // a load calls this for what is required
    if (asvc_names_any(entry)) {
        pull_in(asvc_options_names(entry->service, MP_QSTR_require, MP_OBJ_NULL), opts);
    }
}
#endif

// One that runs goes on as it is; a further instance of it needs what it names now.
static void check_required(const mp_obj_tuple_t *names) {
    for (size_t i = 0; i < names->len; i++) {
        asvc_entry_t *other = asvc_registry_name(names->items[i]);
        if (!asvc_manager_is_coming(asvc_manager(), other->id)) {
            asvc_raise(&mp_type_ServiceException, "%o", asvc_why_lost(other));
        }
    }
    ASVC_KEEP(names);
}

// All names are looked at before anything is started: what is wrong with one is raised here. goes_on: it runs, and keeps
// the names that it has. any: it names others now.
static void load_named(asvc_entry_t *entry, const asvc_load_opts_t *opts, bool any, bool goes_on) {
    if (asvc_manager_is_in_boot(asvc_manager(), entry->id)) {
        return; // boot has told what it names
    }
    if (!any && !asvc_names_any(entry)) {
        return;
    }
    const mp_obj_tuple_t *wants = asvc_options_names(entry->service, MP_QSTR_wants, MP_OBJ_NULL);
    mp_obj_t circle = asvc_names_take(entry, MP_OBJ_NULL, goes_on, NULL, NULL);
    if (circle != MP_OBJ_NULL) {
        asvc_raise(&mp_type_ServiceException, "%o", circle);
    }
    mp_cstack_check(); // a load loads what it requires
    const mp_obj_tuple_t *require = asvc_options_names(entry->service, MP_QSTR_require, MP_OBJ_NULL);
    pull_in(require, opts);
    if (goes_on) {
        check_required(require);
    }
    if (goes_on || !asvc_manager_refuse(asvc_manager(), entry->id)) {
        pull_in(wants, opts);
    }
}

// ---- loading --------------------------------------------------------------------------------

// Whether it has a schedule. A core service runs once, at boot: it has no use for one.
static mp_obj_t schedule_of(asvc_entry_t *entry, unsigned glance) {
    bool any = ASVC_SCHEDULE && (glance & ASVC_ASKS_OTHER);
    mp_obj_t schedule = any ? asvc_entry_set_attr(entry, MP_QSTR_schedule) : MP_OBJ_NULL;
    return asvc_is_true(schedule) && !asvc_entry_is_core(entry) ? schedule : MP_OBJ_NULL;
}

// Starts the task as a further instance of a service that runs.
static void add_instance(asvc_entry_t *entry, asvc_task_t *task, const asked_t *asked, mp_obj_t schedule) {
    asvc_add(task, entry->id, true);
    take_asked(asked, task, task->id);
    if (ASVC_SCHEDULE && schedule != MP_OBJ_NULL) {
        asvc_schedule_set(task->name, schedule);
    } else {
        asvc_manager_start(asvc_manager(), task->id);
    }
}

typedef struct {
    asvc_task_t *task;
    mp_obj_t schedule;
} scheduled_t;

static void put_in_schedule(void *arg) {
    const scheduled_t *self = arg;
    asvc_schedule_set(self->task->name, self->schedule);
}

// A task that waits without being in the schedule would wait for ever.
static void schedule_or_remove(asvc_task_t *task, mp_obj_t schedule) {
    scheduled_t scheduled = { task, schedule };
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, put_in_schedule, &scheduled);
    if (exc != MP_OBJ_NULL) {
        asvc_remove(task);
        nlr_raise(exc);
    }
}

// Starts the task as the service's main task: in the place of one that has ended, or when one has that ends.
static void put_main(asvc_entry_t *entry, asvc_task_t *task, const asked_t *asked, mp_obj_t schedule) {
    asvc_task_t *old = entry->seat.task;
    bool at_end = old != NULL && (old->flags & ASVC_TASK_AT_END);
    bool goes_on = old != NULL && asvc_task_goes_on(old);
    bool named = ASVC_EDGES && asvc_names_any(entry);
    take_asked(asked, task, entry->id);
    asvc_put_run(entry->id, task, named || schedule != MP_OBJ_NULL);
    asvc_manager_set_core(asvc_manager(), entry->id, ASVC_BOOT && asvc_entry_is_core(entry));
    if (ASVC_SCHEDULE && schedule != MP_OBJ_NULL) {
        schedule_or_remove(task, schedule);
        asvc_manager_want(asvc_manager(), entry->id);
    } else if (goes_on && (at_end || !ASVC_COPIES)) {
        asvc_manager_restart(asvc_manager(), entry->id);
    } else {
        asvc_manager_start(asvc_manager(), entry->id);
    }
}

// Answers NULL where what it requires cannot be had.
static asvc_task_t *start(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    asked_t asked;
    asvc_task_t *task = make_run(entry, opts, &asked.glance);
    mp_obj_t schedule = schedule_of(entry, asked.glance);
    if (ASVC_SCHEDULE && schedule != MP_OBJ_NULL) {
        asvc_schedule_check(task->name, schedule); // before anything is committed
    }
    read_asked(&asked, entry->service);
    asvc_task_t *old = entry->seat.task;
    bool goes_on = old != NULL && asvc_task_goes_on(old) && !(old->flags & ASVC_TASK_AT_END);
    asvc_manager_t *m = asvc_manager();
    if (ASVC_EDGES) {
        load_named(entry, opts, (asked.glance & ASVC_ASKS_NAMES) != 0,
            goes_on && asvc_manager_is_wanted(m, entry->id));
    }
    if (goes_on && !asvc_manager_is_wanted(m, entry->id)) {
        asvc_manager_start(m, entry->id); // its stop waits for others: the last word counts
        return old;
    }
    if (ASVC_EDGES && !goes_on && asvc_manager_refuse(m, entry->id)) {
        asvc_manager_start(m, entry->id); // it stays wanted, and starts when what it requires is up
        asvc_manager_refuse(m, entry->id);
        return NULL;
    }
    if (goes_on && ASVC_COPIES) {
        add_instance(entry, task, &asked, schedule);
    } else {
        put_main(entry, task, &asked, schedule);
    }
    return task;
}

typedef struct {
    asvc_entry_t *entry;
    const asvc_load_opts_t *opts;
    asvc_task_t *task; // what was started
} load_t;

static void start_loaded(void *arg) {
    load_t *load = arg;
    load->task = start(load->entry, load->opts);
}

// start(), with what it raises kept in entry->error.
static asvc_task_t *start_protected(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    load_t load = { entry, opts, NULL };
    asvc_root_t *root = asvc_root();
    entry->loading = true;
    root->loading += 1;
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, start_loaded, &load);
    root->loading -= 1;
    entry->loading = false;
    if (exc != MP_OBJ_NULL) {
        asvc_raise_unless_exception(exc);
        entry->error = asvc_keepable(exc);
        if (!asvc_main_is_live(entry)) {
            asvc_manager_cannot_start(asvc_manager(), entry->id);
        }
    }
    return load.task;
}

bool asvc_load_import_failed(asvc_entry_t *entry) {
    return entry->error != MP_OBJ_NULL && asvc_entry_attr_quiet(entry, MP_QSTR_info) == entry->error;
}

// task: what was started, or NULL. A further instance is always told: a load may well be meant to start the
// service anew.
static void tell_loaded(asvc_entry_t *entry, const asvc_load_opts_t *opts, const asvc_task_t *task) {
    if (task == NULL) {
        asvc_tell_failed(entry);
        return;
    }
    bool further = ASVC_COPIES && task->name != entry->task_name;
    asvc_tell_as(ASVC_EVENT_LOADED, further ? task->id : entry->id, MP_OBJ_NULL, 0,
        asvc_how(opts) | (further ? ASVC_EVENT_SAY : 0));
}

asvc_task_t *asvc_load(asvc_entry_t *entry, const asvc_load_opts_t *opts) {
    asvc_task_t *task = NULL;
    asvc_group_check_loop();
    if (ASVC_EDGES && asvc_root()->loading == 0 && asvc_root()->holding == 0) {
        asvc_names_new_round();
    }
    asvc_task_t *old = entry->seat.task;
    bool barred = old != NULL && asvc_bars(old) != NULL;
    if (!barred && !asvc_load_import_failed(entry)) {
        entry->error = MP_OBJ_NULL; // a new try
        task = start_protected(entry, opts);
    } else if (barred && !asvc_group_has(old)) {
        asvc_group_put(
            old); // it was unloaded or deleted: its status says what keeps a new one from being started
    }
    asvc_registry_mark_loaded(entry);
    tell_loaded(entry, opts, task);
    asvc_drive();
    return task;
}

void asvc_unload(asvc_entry_t *entry) {
    asvc_task_t *task = entry->seat.task;
    if (task != NULL) {
        asvc_task_drop_successor(task);
    }
    asvc_manager_unload(asvc_manager(), entry->id);
    asvc_drive();
}
