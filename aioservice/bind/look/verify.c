// aioservice.verify: what is wrong with the services and with services.config, before anything runs.
#include "py/objlist.h"
#include "py/objtype.h"
#include "py/runtime.h"

#include "bind/service/boots.h"
#include "bind/service/check.h"
#include "bind/config/config_say.h"
#include "bind/config/config_store.h"
#include "bind/service/discover.h"
#include "bind/task/group.h"
#include "bind/look/insight.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/service/load.h"
#include "bind/base/map.h"
#include "bind/service/options.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/base/say.h"
#include "bind/task/schedule.h"
#include "bind/service/service_class.h"
#include "bind/service/why.h"
#include "bind/task/signature.h"
#include "core/config.h"

#if ASVC_INSIGHT

typedef struct {
    size_t wrong; // lines said
    asvc_entry_t *entry; // the service that is looked at, or NULL
    mp_obj_t config; // services.config
    mp_obj_t saved; // list of a service and a dict of its attributes by turns: as they were
} verify_t;

// "[ ERROR ] TEXT", made like asvc_addf has it; "[ ERROR ] Service: NAME.service: TEXT" where a service is looked at
static void wrong(verify_t *self, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    mp_obj_t text = asvc_vstrf(fmt, args);
    va_end(args);
    if (self->entry != NULL) {
        text = asvc_strf("Service: %o: %o", self->entry->task_name, text);
    }
    asvc_sayf("%k%o", false, text);
    self->wrong += 1;
}

// ---- a service ------------------------------------------------------------------------------

// A way of failing again and again that the start limit never sees, as each run counts as healthy.
static void check_limit(verify_t *self, const asvc_options_t *options, const char *way, uint32_t run_ms) {
    const asvc_restart_rules_t *rules = &options->rules.restart;
    bool again = run_ms > 0 && asvc_restart_calls_for(rules, ASVC_END_FAILURE);
    if (again && !asvc_restart_limit_reachable(rules, run_ms)) {
        wrong(self,
            "restart: its start limit cannot be hit: a run that %s lasts %u ms, and from healthy_ms=%u on a "
            "run counts as healthy",
            way, (unsigned)run_ms, (unsigned)rules->healthy_ms);
    }
}

static void check_options(void *arg) {
    verify_t *self = arg;
    asvc_options_t options;
    if (!(asvc_options_glance(self->entry->service) & ASVC_ASKS_RULES)) {
        return;
    }
    asvc_options_read(self->entry->service, &options);
    if (options.rules.restart.policy == ASVC_RESTART_NEVER || options.rules.restart.burst == 0) {
        return;
    }
    if (!asvc_restart_limit_reachable(&options.rules.restart, 0)) {
        wrong(self, "restart: its start limit cannot be hit: with healthy_ms=0 every run counts as healthy");
        return;
    }
    check_limit(self, &options, "never gets ready", options.rules.ready_ms);
    check_limit(self, &options, "is not fed", options.rules.watchdog_ms);
}

// Why the service that is looked at is refused as it requires the other one; NULL where it is not.
static const char *why_refused(verify_t *self, asvc_entry_t *other) {
    if (asvc_load_import_failed(other)) {
        return NULL; // told of itself
    }
    bool core = asvc_entry_is_core(self->entry);
    if (core && !asvc_entry_is_core(other)) {
        return asvc_why_no_core;
    }
    if (ASVC_BOOT && asvc_boots(self->entry, self->config) && !asvc_boots(other, self->config)) {
        return "is disabled";
    }
    bool loadable = asvc_is_true(asvc_entry_attr(other, MP_QSTR_loaded));
    return loadable ? NULL : "cannot be loaded: its attribute `loaded` is False";
}

static void check_names(verify_t *self, qstr attr) {
    const mp_obj_tuple_t *names = asvc_options_names(self->entry->service, attr, MP_OBJ_NULL);
    for (size_t i = 0; i < names->len; i++) {
        mp_obj_t name = names->items[i];
        asvc_entry_t *other = asvc_discover_enabled(name);
        mp_obj_t hint = MP_OBJ_NEW_QSTR(MP_QSTR_);
        const char *why = NULL;
        if (other == NULL) {
            hint = asvc_check_hint(name);
            why = asvc_discover_why_absent(name);
        } else if (attr == MP_QSTR_require) {
            why = why_refused(self, other);
        }
        if (why != NULL) {
            wrong(self, "%q \"%o\" %s%o", attr, name, why, hint);
        }
    }
    ASVC_KEEP(names);
}

// What a call of the task has to give, and neither args nor kwargs do.
static void check_required(void *arg) {
    verify_t *self = arg;
    mp_obj_t fun = asvc_service_task_function(self->entry->service);
    mp_obj_t args = asvc_entry_attr(self->entry, MP_QSTR_args),
             kwargs = asvc_entry_attr(self->entry, MP_QSTR_kwargs);
    if (fun == MP_OBJ_NULL || !asvc_is_sequence(args) || !asvc_is_dict(kwargs)) {
        return;
    }
    size_t at = 1 + (size_t)MP_OBJ_SMALL_INT_VALUE(mp_obj_len(args)); // behind self
    for (qstr name; (name = asvc_signature_required(fun, at)) != MP_QSTRnull; at++) {
        bool given = (ASVC_LOG && name == MP_QSTR_log) || asvc_dict_get(kwargs, name) != MP_OBJ_NULL;
        if (!given) {
            wrong(self, "task() needs \"%q\": give it in args or kwargs", name);
        }
    }
}

static void check_type(void *arg) {
    verify_t *self = arg;
    static const char *const types[] = { "runtime.service", "core.service", "schedule.service" };
    for (size_t i = 0; i < MP_ARRAY_SIZE(types); i++) {
        if (asvc_entry_is_type(self->entry, types[i])) {
            return;
        }
    }
    wrong(self, "type=%r: expected \"%s\", \"%s\" or \"%s\"",
        asvc_or_none(asvc_entry_attr(self->entry, MP_QSTR_type)), types[0], types[1], types[2]);
}

static void check_schedule(void *arg) {
    asvc_entry_t *entry = ((verify_t *)arg)->entry;
    mp_obj_t schedule = asvc_entry_attr(entry, MP_QSTR_schedule);
    if (ASVC_SCHEDULE && asvc_is_true(schedule)) {
        asvc_schedule_check(entry->task_name, schedule);
    }
}

static void check_require(void *self) {
    check_names(self, MP_QSTR_require);
}

static void check_after(void *self) {
    check_names(self, MP_QSTR_after);
}

static void check_wants(void *self) {
    check_names(self, MP_QSTR_wants);
}

static void note_attrs(verify_t *self, mp_obj_t service) {
    mp_obj_instance_t *instance = MP_OBJ_TO_PTR(service);
    mp_obj_dict_t attrs = { .base.type = &mp_type_dict, .map = instance->members };
    mp_obj_list_append(self->saved, service);
    mp_obj_list_append(self->saved, mp_obj_dict_copy(MP_OBJ_FROM_PTR(&attrs)));
}

// The last noted first: a service may have been looked at twice.
static void restore_attrs(mp_obj_t saved) {
    const mp_obj_list_t *list = MP_OBJ_TO_PTR(saved);
    for (size_t len = list->len; len > 0; len -= 2) {
        mp_obj_instance_t *service = MP_OBJ_TO_PTR(list->items[len - 2]);
        service->members = *mp_obj_dict_get_map(list->items[len - 1]);
    }
}

// Puts what services.config says of the service into its attributes, as a load does: there all is found that
// counts. What they were is noted before.
static void look_at_config(void *arg) {
    verify_t *self = arg;
    asvc_entry_t *entry = self->entry;
    note_attrs(self, entry->service);
    mp_obj_t kwargs = asvc_entry_attr(entry, MP_QSTR_kwargs);
    if (!asvc_is_dict(kwargs)) {
        wrong(self, "kwargs: expected a dict, got %t", asvc_or_none(kwargs));
        mp_store_attr(entry->service, MP_QSTR_kwargs, mp_obj_new_dict(0)); // to look at the rest
    } else if (kwargs == asvc_service_own_attr(entry->service, MP_QSTR_kwargs)) {
        mp_store_attr(entry->service, MP_QSTR_kwargs, mp_obj_dict_copy(kwargs));
    }
    asvc_load_config(entry, self->config);
    mp_obj_t args = asvc_entry_attr(entry, MP_QSTR_args);
    if (!asvc_is_sequence(args)) {
        wrong(self, "args: expected a list, got %t", asvc_or_none(args));
    }
}

static void check_service(verify_t *self, asvc_entry_t *entry) {
    if (asvc_load_import_failed(entry)) {
        wrong(self, "%o", asvc_status_text(entry, NULL));
        return;
    }
    self->entry = entry;
    static void (*const looks[])(void *self) = { look_at_config, check_type, check_options, check_required,
        check_schedule, check_require, check_after, check_wants };
    for (size_t i = 0; i < MP_ARRAY_SIZE(looks); i++) {
        mp_obj_t exc = asvc_try(looks[i], self);
        if (exc != MP_OBJ_NULL) { // which is a thing that is wrong
            wrong(self, "%o", exc);
        }
    }
    self->entry = NULL;
}

// ---- circles --------------------------------------------------------------------------------

// Of those that the service names now, the first that is not over; NULL where there is none.
static asvc_entry_t *leads_to(asvc_entry_t *entry, const bool *over) {
    static const qstr_short_t attrs[] = { MP_QSTR_require, MP_QSTR_after };
    asvc_entry_t *found = NULL;
    for (size_t k = 0; k < (asvc_entry_is_core(entry) ? 1 : MP_ARRAY_SIZE(attrs)); k++) {
        // What is wrong with them is told of the service.
        const mp_obj_tuple_t *names = asvc_options_names_quiet(entry->service, attrs[k]);
        for (size_t i = 0; i < names->len && found == NULL; i++) {
            asvc_entry_t *other = asvc_registry_find(names->items[i]);
            found = other == NULL || over[other->id] ? NULL : other;
        }
        ASVC_KEEP(names);
    }
    return found;
}

// Goes from a service to what it names, and so on, and back from one that is over: that leads nowhere new, or is on a
// circle that was told. way: the records on the way there; over: by the record.
static void check_ways(verify_t *self, asvc_entry_t *entry, asvc_id_t *way, bool *over) {
    size_t len = 0;
    do {
        size_t first = 0;
        while (entry != NULL && first < len && way[first] != entry->id) {
            first++;
        }
        if (entry == NULL) {
            over[way[--len]] = true;
        } else if (first == len) {
            way[len++] = entry->id;
        } else {
            wrong(self, "%o", asvc_why_circle(way + first, len - first, 0));
            while (len > first) {
                over[way[--len]] = true;
            }
        }
        entry = len > 0 ? leads_to(asvc_registry_of_record(way[len - 1]), over) : NULL;
    } while (len > 0);
}

static void check_circles(verify_t *self) {
    asvc_id_t *way = m_new(asvc_id_t, asvc_registry_len() + 1);
    bool *over = m_new0(bool, (size_t)asvc_root()->manager.n_pages *ASVC_PAGE + 1);
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        if (!over[at->id]) {
            check_ways(self, at, way, over);
        }
    }
    ASVC_KEEP(way);
    ASVC_KEEP(over);
}

// A name in the schedule may come to be added later, or be mistyped.
static void check_schedule_names(verify_t *self) {
#if ASVC_SCHEDULE
    size_t at = 0;
    mp_map_elem_t *elem;
    mp_obj_t group = asvc_schedule_group();
    while ((elem = asvc_dict_next(group, &at)) != NULL) {
        if (asvc_group_find(elem->key) == NULL) {
            wrong(self, "schedule: there is no task \"%o\" yet%o", elem->key, asvc_check_hint(elem->key));
        }
    }
    ASVC_KEEP(group);
#else
    (void)self;
#endif
}

// ---- all ------------------------------------------------------------------------------------

static void look_at_all(void *arg) {
    verify_t *self = arg;
    asvc_discover();
    self->config = ASVC_CONFIG ? asvc_config_read() : MP_OBJ_NULL;
    asvc_check(MP_OBJ_TO_PTR(self->config));
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        check_service(self, entry);
    }
    check_schedule_names(self);
    check_circles(self);
}

// To verify is to look: the services' attributes are afterwards what they were, also where something is raised.
static void look_and_restore(verify_t *self) {
    asvc_root_t *root = asvc_root();
    self->saved = mp_obj_new_list(0, NULL);
    root->verify = mp_obj_new_dict(0);
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, look_at_all, self);
    self->wrong += mp_obj_dict_get_map(root->verify)->used;
    root->verify = MP_OBJ_NULL;
    restore_attrs(self->saved);
    if (exc != MP_OBJ_NULL) {
        nlr_raise(exc);
    }
}

static mp_obj_t verify(void) {
    verify_t self = { 0 };
    look_and_restore(&self);
    if (self.wrong == 0) {
        asvc_sayf("%k%u services: nothing wrong", true, (unsigned)asvc_registry_len());
    }
    return mp_obj_new_bool(self.wrong == 0);
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_verify_obj, verify);

#endif
