#include "bind/service/check.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "bind/config/config_entry.h"
#include "bind/config/config_say.h"
#include "bind/config/env.h"
#include "bind/service/discover.h"
#include "bind/service/options.h"
#include "bind/service/registry.h"
#include "bind/service/service_class.h"
#include "bind/task/signature.h"
#include "core/nearest.h"

#if ASVC_INSIGHT

static void tell(mp_obj_t service, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    mp_obj_t text = asvc_vstrf(fmt, args);
    va_end(args);
    asvc_config_tell(ASVC_EVENT_CONFIG_UNKNOWN, service, text);
}

// ---- names ----------------------------------------------------------------------------------

typedef struct {
    mp_obj_t name;
    size_t distance; // what is as far away is another name
    mp_obj_t nearest;
} nearest_t;

static void compare(nearest_t *self, mp_obj_t other) {
    size_t name_len, len;
    const char *name = mp_obj_str_get_data(self->name, &name_len);
    const char *text = mp_obj_str_get_data(other, &len);
    // Most need not be looked at: they are as far apart as their lengths, at least, and who differ at both ends are two
    // letters apart.
    size_t least = name_len > len ? name_len - len : len - name_len;
    if (name_len > 0 && len > 0 && name[0] != text[0] && name[name_len - 1] != text[len - 1]) {
        least = least < 2 ? 2 : least;
    }
    size_t distance = least < self->distance ? asvc_nearest_distance(name, name_len, text, len) : least;
    if (distance < self->distance) {
        self->distance = distance;
        self->nearest = other;
    }
}

// What may have been meant: ", did you mean NAME?", or nothing.
static mp_obj_t hint(const nearest_t *nearest) {
    bool any = nearest->nearest != MP_OBJ_NULL;
    return asvc_strf(any ? ", did you mean \"%o\"?" : "", nearest->nearest);
}

mp_obj_t asvc_check_hint(mp_obj_t name) {
    nearest_t nearest = { name, ASVC_NEAREST_FAR, MP_OBJ_NULL };
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        compare(&nearest, entry->name);
    }
    return hint(&nearest);
}

static void compare_options(nearest_t *nearest) {
    for (size_t i = 0; asvc_options_key(i) != MP_QSTRnull; i++) {
        compare(nearest, MP_OBJ_NEW_QSTR(asvc_options_key(i)));
    }
}

// ---- services -------------------------------------------------------------------------------

// Named arguments that the task does not take. What a load takes out, or leaves out where the task takes none, is none of
// them.
static void check_kwargs(const asvc_entry_t *entry, mp_obj_t kwargs) {
    static const qstr_short_t taken[] = { MP_QSTR_schedule, MP_QSTR_require, MP_QSTR_restart, MP_QSTR_log,
        MP_QSTR_on_stop, MP_QSTR_on_error, MP_QSTR__id };
    mp_obj_t fun = asvc_is_dict(kwargs) ? asvc_service_task_function(entry->service) : MP_OBJ_NULL;
    size_t at = 0;
    mp_map_elem_t *elem;
    while (fun != MP_OBJ_NULL && (elem = asvc_dict_next(kwargs, &at)) != NULL) {
        // What is not interned is the name of no argument.
        qstr key = mp_obj_is_qstr(elem->key) ? MP_OBJ_QSTR_VALUE(elem->key) : MP_QSTR_;
        size_t i = 0;
        while (i < MP_ARRAY_SIZE(taken) && taken[i] != key) {
            i++;
        }
        if (i == MP_ARRAY_SIZE(taken) && asvc_signature_arg(fun, key) == ASVC_ARG_REFUSED) {
            tell(entry->name, "Service: %o: kwargs: \"%o\": its task() takes no argument of that name%s",
                entry->task_name, elem->key, asvc_options_is_key(key) ? "; it stands beside kwargs" : "");
        }
    }
    ASVC_KEEP(kwargs);
}

// A service may well have a counter `restarts` of its own, or `watts`: so the value has to fit, too. Milliseconds are an
// int; others are True, or text, or have something in them.
static bool check_spelling(qstr attr, void *entry_in) {
    const asvc_entry_t *entry = entry_in;
    nearest_t nearest = { MP_OBJ_NEW_QSTR(attr), 2, MP_OBJ_NULL };
    compare_options(&nearest);
    if (nearest.distance != 1) {
        return false; // go on
    }
    mp_obj_t value = asvc_service_unbound_attr(entry->service, attr);
    size_t len;
    const char *key = mp_obj_str_get_data(nearest.nearest, &len);
    bool is_ms = len > 3 && strcmp(key + len - 3, "_ms") == 0;
    bool fits = is_ms
        ? mp_obj_is_small_int(value)
        : asvc_is_str(value) || asvc_is_sequence(value) || asvc_is_dict(value) || mp_obj_is_bool(value);
    if (fits) {
        mp_obj_t text =
            asvc_strf("Service: %o: it has an attribute \"%q\"%o", entry->task_name, attr, hint(&nearest));
        if (asvc_root()->verify != MP_OBJ_NULL) { // a hint, no more
            asvc_sayf("[ -- ] %o", text);
        } else {
            asvc_config_tell(ASVC_EVENT_CONFIG_UNKNOWN, entry->name, text);
        }
    }
    return false;
}

static void check_service(asvc_entry_t *entry) {
    check_kwargs(entry, asvc_entry_attr_quiet(entry, MP_QSTR_kwargs));
    asvc_service_sets_any(entry->service, check_spelling, entry);
}

// ---- services.config ------------------------------------------------------------------------

#if ASVC_CONFIG

static void check_key(mp_obj_t name, mp_obj_t key) {
    static const qstr_short_t own_keys[] = { MP_QSTR_enabled, MP_QSTR_args, MP_QSTR_kwargs };
    bool known = mp_obj_is_qstr(key) && asvc_options_is_key(MP_OBJ_QSTR_VALUE(key));
    for (size_t i = 0; i < MP_ARRAY_SIZE(own_keys); i++) {
        known = known || key == MP_OBJ_NEW_QSTR(own_keys[i]);
    }
    if (known) {
        return; // most are, and need no comparison
    }
    nearest_t nearest = { key, ASVC_NEAREST_FAR, MP_OBJ_NULL };
    for (size_t i = 0; i < MP_ARRAY_SIZE(own_keys); i++) {
        compare(&nearest, MP_OBJ_NEW_QSTR(own_keys[i]));
    }
    compare_options(&nearest);
    bool schedule = key == MP_OBJ_NEW_QSTR(MP_QSTR_schedule);
    tell(name, "services.config: %o: unknown key \"%o\"%o", name, key,
        schedule ? asvc_strf("; it stands in kwargs") : hint(&nearest));
}

static void check_variables(mp_obj_t name, const char *where, mp_obj_t dict) {
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_dict_next(dict, &at)) != NULL) {
        if (asvc_is_dict(elem->value) && elem->key == MP_OBJ_NEW_QSTR(MP_QSTR_kwargs)) {
            check_variables(name, "kwargs: ", elem->value);
            continue;
        }
        mp_obj_t undefined = MP_OBJ_NULL;
        asvc_env_expand(elem->value, &undefined);
        if (undefined != MP_OBJ_NULL) {
            tell(name,
                "services.config: %o: %s%o: ${%o} is not defined" ASVC_HINT(
                    ": give it in .env, or a default: ${%o:-...}"),
                name, where, elem->key, undefined, undefined);
        }
    }
    ASVC_KEEP(dict);
}

static void check_entry(mp_obj_t name, mp_obj_t configured) {
    asvc_entry_t *entry = asvc_registry_find(name);
    bool is_dict = asvc_is_dict(configured);
    bool disabled = is_dict && asvc_dict_get(configured, MP_QSTR_enabled) == mp_const_false;
    if (entry == NULL && !disabled) {
        const char *why = asvc_discover_why_absent(name);
        size_t len = strlen(ASVC_NOT_FOUND);
        if (strncmp(why, ASVC_NOT_FOUND, len) == 0) {
            tell(name, "services.config: there is no service \"%o\"%s%o", name, why + len,
                asvc_check_hint(name));
        }
        ASVC_KEEP(why);
    }
    size_t at = 0;
    mp_map_elem_t *elem;
    while (is_dict && (elem = asvc_dict_next(configured, &at)) != NULL) {
        check_key(name, elem->key);
    }
    if (is_dict && !disabled && entry != NULL) {
        check_kwargs(entry, asvc_dict_get(configured, MP_QSTR_kwargs));
        check_variables(name, "", configured);
    }
    ASVC_KEEP(configured);
}

#endif

// ---- all ------------------------------------------------------------------------------------

void asvc_check(void *config_in) {
    mp_obj_t config = MP_OBJ_FROM_PTR(config_in);
    asvc_root()->config_unknown = MP_OBJ_NULL;
#if ASVC_CONFIG
    size_t at = 0;
    mp_map_elem_t *elem;
    while (config != MP_OBJ_NULL && (elem = asvc_dict_next(config, &at)) != NULL) {
        check_entry(elem->key, elem->value);
        asvc_events_tell(); // who is told may unload services: so not while one is looked at
    }
#endif
    ASVC_KEEP(config);
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        check_service(entry);
    }
    asvc_events_tell();
}

#endif
