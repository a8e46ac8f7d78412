#include "bind/service/configure.h"

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/config/config_say.h"
#include "bind/config/config_store.h"
#include "bind/service/discover.h"
#include "bind/service/load.h"
#include "bind/service/options.h"
#include "bind/service/registry.h"
#include "bind/service/service_class.h"
#include "bind/service/tell.h"
#include "bind/task/schedule.h"

#if ASVC_CONFIG

// ---- one entry ------------------------------------------------------------------------------

// The dict that is stored under a key, made where there is none.
static mp_obj_t dict_in(mp_obj_t dict, mp_obj_t key) {
    mp_obj_t stored = asvc_map_get(mp_obj_dict_get_map(dict), key);
    if (stored == MP_OBJ_NULL || !mp_obj_is_type(stored, &mp_type_dict)) {
        stored = asvc_dict_new_ordered(0);
        mp_obj_dict_store(dict, key, stored);
    }
    return stored;
}

// Puts kwargs into the stored ones of entry, and what tells how the service is supervised beside them.
static void merge(mp_obj_t entry, mp_obj_t kwargs) {
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_dict_next(kwargs, &at)) != NULL) {
        bool beside = ASVC_SUPERVISION && asvc_options_is_own(mp_obj_str_get_qstr(elem->key), elem->value);
        mp_obj_t to = beside ? entry : dict_in(entry, MP_OBJ_NEW_QSTR(MP_QSTR_kwargs));
        mp_obj_dict_store(to, elem->key, elem->value);
    }
    ASVC_KEEP(kwargs);
}

typedef struct {
    mp_obj_t name, kwargs;
} given_t;

// Raises what a load would, of a service that has nothing but what is given: so that what is wrong is told to who says
// it, and not at the next start. What stood in the file before is left out, or a service that cannot be loaded could
// not be disabled.
static void check_given(void *arg) {
    const given_t *given = arg;
    mp_obj_t stored = asvc_dict_new_ordered(0);
    merge(stored, given->kwargs);
    mp_obj_t config = mp_obj_new_dict(1);
    mp_obj_dict_store(config, given->name, stored);
    asvc_entry_t entry = { .name = given->name };
    entry.service = mp_call_function_1(asvc_service_class(), given->name);
    asvc_load_config(&entry, config);
    if (ASVC_SUPERVISION) {
        asvc_options_check(entry.service);
    }
    mp_obj_t schedule = asvc_entry_attr(&entry, MP_QSTR_schedule);
    if (ASVC_SCHEDULE && asvc_is_true(schedule)) {
        asvc_schedule_check(given->name, schedule);
    }
}

// Says what is wrong with the keywords given for a service; false where something is.
static bool fits(mp_obj_t name, mp_obj_t kwargs) {
    given_t given = { name, kwargs };
    mp_obj_t exc = asvc_try(check_given, &given);
    if (exc == MP_OBJ_NULL) {
        return true;
    }
    if (!asvc_is_a(exc, &mp_type_ServiceException) && !asvc_is_a(exc, &mp_type_ValueError)) {
        nlr_raise(exc);
    }
    return asvc_config_refuse("%o: %o", name, exc);
}

// Whether a service can have that name: no file has it in its own otherwise, and `*` stands for many.
static bool is_name(mp_obj_t name) {
    size_t len;
    const char *text = mp_obj_str_get_data(name, &len);
    return len > 0 && strcspn(text, "/\\*") == len && mp_obj_equal(asvc_strf("%o", name), name);
}

// Reads services.config, changes the entry of the service `name` (a str; a new one comes last) and writes. enabled: a
// bool; anything else is refused. args: a tuple, stored as "args"; MP_OBJ_NULL keeps what is stored. kwargs: a dict with
// str keys, merged into the stored ones; MP_OBJ_NULL or an empty one keeps them. Answers like asvc_config_write.
static bool set_entry(mp_obj_t name, mp_obj_t enabled, mp_obj_t args, mp_obj_t kwargs) {
    if (!mp_obj_is_bool(enabled)) {
        // "false" and 200 are true for Python, and meant otherwise.
        return asvc_config_refuse("%o: enabled=%r: expected True or False", name, enabled);
    }
    if (!is_name(name)) {
        return asvc_config_refuse("%r: expected a name, without / \\ * and control characters", name);
    }
    bool any_given = kwargs != MP_OBJ_NULL && mp_obj_dict_get_map(kwargs)->used > 0;
    if (any_given && !fits(name, kwargs)) {
        return false;
    }
    mp_obj_t config = asvc_config_read_to_change();
    if (config == MP_OBJ_NULL) {
        return false;
    }
    mp_obj_t entry = dict_in(config, name);
    mp_obj_dict_store(entry, MP_OBJ_NEW_QSTR(MP_QSTR_enabled), enabled);
    if (args != MP_OBJ_NULL) {
        mp_obj_dict_store(entry, MP_OBJ_NEW_QSTR(MP_QSTR_args), args);
    }
    if (any_given) {
        merge(entry, kwargs);
    }
    mp_obj_dict_store(config, name, asvc_config_in_order(entry));
    return asvc_config_write(config);
}

// ---- as Python has it ------------------------------------------------------------------------

static mp_obj_t plain_name(mp_obj_t name) {
    return asvc_plain_name(name, "services.config: service name");
}

// Stores, tells it as an event of that kind, and says so where there is no such service: it may come later, or its name be
// mistyped.
static mp_obj_t store(
    asvc_event_kind_t kind, mp_obj_t name, mp_obj_t enabled, mp_obj_t args, mp_obj_t kwargs) {
    mp_obj_t plain = plain_name(name);
    if (!set_entry(plain, enabled, args, kwargs)) {
        return mp_const_false;
    }
    asvc_tell_name(kind, plain, plain, 0);
    asvc_events_tell();
    asvc_entry_t *entry = asvc_registry_find(plain);
    if (entry != NULL) {
        entry->configured = enabled == mp_const_true ? ASVC_CONFIGURED_ENABLED : ASVC_CONFIGURED_DISABLED;
    }
    if (!asvc_discover_has_file(plain)) { // its service may be called otherwise
        asvc_discover();
        if (asvc_registry_find(plain) == NULL) {
            asvc_sayf("[ -- ] Service: %o.service %s", plain, "not found; stored for when it is there");
        }
    }
    return mp_const_true;
}

static mp_obj_t set_config(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t values = n_args > 2 ? mp_obj_new_tuple(n_args - 2, args + 2) : MP_OBJ_NULL;
    mp_obj_t enabled = n_args > 1 ? args[1] : asvc_map_get(kwargs, MP_OBJ_NEW_QSTR(MP_QSTR_enabled));
    if (enabled == MP_OBJ_NULL) {
        asvc_raise(&mp_type_TypeError, "config: enabled: expected True or False behind the name");
    }
    mp_obj_t named = mp_obj_new_dict(kwargs->used);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(kwargs, &at)) != NULL) {
        if (n_args > 1 || elem->key != MP_OBJ_NEW_QSTR(MP_QSTR_enabled)) {
            mp_obj_dict_store(named, elem->key, elem->value);
        }
    }
    return store(ASVC_EVENT_CONFIG_STORED, args[0], enabled, values, named);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_config_obj, 1, set_config);

static mp_obj_t enable(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_arg(n_args, args, kwargs);
    return store(ASVC_EVENT_ENABLED, name, mp_const_true, MP_OBJ_NULL, MP_OBJ_NULL);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_enable_obj, 0, enable);

static mp_obj_t disable(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_arg(n_args, args, kwargs);
    return store(ASVC_EVENT_DISABLED, name, mp_const_false, MP_OBJ_NULL, MP_OBJ_NULL);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_disable_obj, 0, disable);

static mp_obj_t get_config(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_or_none_arg(n_args, args, kwargs);
    mp_obj_t config = asvc_config_read();
    if (name == mp_const_none) {
        return config;
    }
    mp_obj_t entry = asvc_config_entry(config, plain_name(name));
    return entry == MP_OBJ_NULL ? mp_const_false : entry;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_get_config_obj, 0, get_config);

#endif
