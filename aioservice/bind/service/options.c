#include "bind/service/options.h"

#include <string.h>

#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/service/service_class.h"
#include "core/config.h"

#if ASVC_EDGES

// ---- which there are ------------------------------------------------------------------------

typedef enum {
    RESTART, // a policy, or a dict with one
    MS, // milliseconds, in asvc_rules_t
    CHILD_FAILURE, // what follows when a child fails
    OTHER, // read by who needs it
    NAMES, // of services
    OF_RESTART, // a key of a dict with a policy
} kind_t;

typedef struct {
    qstr_short_t key;
    uint8_t kind;
    uint8_t at; // of milliseconds: where in asvc_rules_t, or in asvc_restart_rules_t
} attribute_t;

// A new attribute is a row here: verify, services.config and the check for what a firmware lacks go by this table.
static const attribute_t attributes[] = {
#if ASVC_SUPERVISION
    { MP_QSTR_restart, RESTART, 0 },
    { MP_QSTR_ready_ms, MS, offsetof(asvc_rules_t, ready_ms) },
    { MP_QSTR_stop_ms, MS, offsetof(asvc_rules_t, stop_ms) },
    { MP_QSTR_watchdog_ms, MS, offsetof(asvc_rules_t, watchdog_ms) },
    { MP_QSTR_slow_step_ms, MS, offsetof(asvc_rules_t, slow_step_ms) },
    { MP_QSTR_child_failure, CHILD_FAILURE, 0 },
    { MP_QSTR_safe_mode, OTHER, 0 },
#endif
    { MP_QSTR_require, NAMES, 0 },
    { MP_QSTR_after, NAMES, 0 },
    { MP_QSTR_wants, NAMES, 0 },
};

static const attribute_t *find(qstr key) {
    for (size_t i = 0; i < MP_ARRAY_SIZE(attributes); i++) {
        if (attributes[i].key == key) {
            return &attributes[i];
        }
    }
    return NULL;
}

qstr asvc_options_key(size_t i) {
    return i < MP_ARRAY_SIZE(attributes) ? attributes[i].key : MP_QSTRnull;
}

// `key` in what should be a dict, or MP_OBJ_NULL.
static mp_obj_t in_dict(mp_obj_t dict, qstr key) {
    return asvc_is_dict(dict) ? asvc_dict_get(dict, key) : MP_OBJ_NULL;
}

static mp_obj_t in_kwargs(mp_obj_t service, qstr key) {
    return in_dict(asvc_service_own_attr(service, MP_QSTR_kwargs), key);
}

static bool note(qstr key, void *glance) {
    const attribute_t *attribute = find(key);
    if (attribute != NULL) {
        *(unsigned *)glance |= attribute->kind == NAMES ? ASVC_ASKS_NAMES : ASVC_ASKS_RULES;
    } else if (key == MP_QSTR_schedule || key == MP_QSTR_loaded) {
        *(unsigned *)glance |= ASVC_ASKS_OTHER;
    }
    return false; // go on
}

unsigned asvc_options_glance(mp_obj_t service) {
    unsigned glance = 0;
    asvc_service_sets_any(service, note, &glance);
    glance |= in_kwargs(service, MP_QSTR_require) != MP_OBJ_NULL ? ASVC_ASKS_NAMES : 0u;
    bool restart = ASVC_SUPERVISION && in_kwargs(service, MP_QSTR_restart) != MP_OBJ_NULL;
    return glance | (restart ? ASVC_ASKS_RULES : 0u);
}

// A method of that name is the service's own business.
static mp_obj_t given(mp_obj_t service, qstr attr) {
    mp_obj_t value = asvc_service_attr(service, attr);
    return value == MP_OBJ_NULL || mp_obj_is_callable(value) ? MP_OBJ_NULL : value;
}

static ASVC_NORETURN void bad_value(const char *where, qstr key, mp_obj_t value, const char *expected) {
    asvc_raise(&mp_type_ServiceException, "%s%q=%r: expected %s", where, key, value, expected);
}

// ---- names ----------------------------------------------------------------------------------

// Where a service may name others, in the order in which these places count.
static mp_obj_t given_names(mp_obj_t service, qstr attr, mp_obj_t configured) {
    mp_obj_t value = MP_OBJ_NULL;
    if (attr == MP_QSTR_require) {
        value = in_dict(in_dict(configured, MP_QSTR_kwargs), attr);
        if (value == MP_OBJ_NULL) {
            value = in_kwargs(service, attr);
        }
    }
    if (value == MP_OBJ_NULL) {
        value = in_dict(configured, attr);
    }
    return value == MP_OBJ_NULL ? given(service, attr) : value;
}

const mp_obj_tuple_t *asvc_options_names(mp_obj_t service, qstr attr, mp_obj_t configured) {
    mp_obj_t value = given_names(service, attr, configured);
    size_t n = asvc_is_true(value);
    mp_obj_t *item = &value;
    if (n > 0 && asvc_is_sequence(value)) {
        mp_obj_get_array(value, &n, &item);
    }
    mp_obj_tuple_t *names = MP_OBJ_TO_PTR(mp_obj_new_tuple(n, item));
    for (size_t i = 0; i < n; i++) {
        if (!asvc_is_str(names->items[i])) {
            bad_value("", attr, value, "a name or a list of names");
        }
        names->items[i] = asvc_plain_name(names->items[i], "name");
    }
    ASVC_KEEP(names);
    return names;
}

#if ASVC_INSIGHT || ASVC_SNAPSHOT

typedef struct {
    mp_obj_t service;
    qstr attr;
    const mp_obj_tuple_t *names;
} look_t;

static void look_up(void *arg) {
    look_t *look = arg;
    look->names = asvc_options_names(look->service, look->attr, MP_OBJ_NULL);
}

const mp_obj_tuple_t *asvc_options_names_quiet(mp_obj_t service, qstr attr) {
    look_t look = { service, attr, MP_OBJ_TO_PTR(mp_const_empty_tuple) };
    asvc_try(look_up, &look);
    return look.names;
}

#endif

#endif

#if ASVC_SUPERVISION

static bool is_list(mp_obj_t value) {
    return asvc_is_sequence(value) || mp_obj_is_type(value, &mp_type_set);
}

bool asvc_options_is_key(qstr key) {
    return find(key) != NULL;
}

bool asvc_options_is_own(qstr key, mp_obj_t value) {
    if (key == MP_QSTR_restart) {
        return asvc_is_str(value) || asvc_is_dict(value);
    }
    return key != MP_QSTR_require && asvc_options_is_key(key);
}

// ---- errors ---------------------------------------------------------------------------------

// An int from least to most; -1 for anything else.
static mp_int_t to_int(mp_obj_t value, mp_int_t least, mp_int_t most) {
    mp_int_t number = mp_obj_is_small_int(value) ? MP_OBJ_SMALL_INT_VALUE(value) : -1;
    return number >= least && number <= most ? number : -1;
}

// Stores milliseconds in the struct that their row is about.
static void take_ms(void *rules, const char *where, const attribute_t *attribute, mp_obj_t value) {
    mp_int_t ms = to_int(value, 0, ASVC_LONGEST_MS);
    if (ms < 0) {
        bad_value(where, attribute->key, value, "milliseconds, an int from 0 on");
    }
    *(uint32_t *)((char *)rules + attribute->at) = (uint32_t)ms;
}

// ---- restart --------------------------------------------------------------------------------

static bool is_text(mp_obj_t value, qstr text) {
    return asvc_is_str(value) && mp_obj_equal(value, MP_OBJ_NEW_QSTR(text));
}

// Which of n texts the value is; n where it is none of them.
static size_t text_at(mp_obj_t value, const qstr_short_t *text, size_t n) {
    size_t i = 0;
    while (i < n && !is_text(value, text[i])) {
        i++;
    }
    return i;
}

#define NAME(id, name, ends) [ASVC_RESTART_##id] = MP_QSTR_##name,
static const qstr_short_t policies[] = { ASVC_RESTART_POLICIES(NAME) };

// "\"never\", ... or \"always\""
static const char *policies_text(void) {
    vstr_t text;
    vstr_init(&text, 60);
    for (size_t i = 0; i < MP_ARRAY_SIZE(policies); i++) {
        const char *before = i == 0 ? "" : i + 1 < MP_ARRAY_SIZE(policies) ? ", " : " or ";
        asvc_addf(&text, "%s\"%q\"", before, policies[i]);
    }
    return vstr_null_terminated_str(&text);
}

static uint8_t to_policy(const char *where, qstr key, mp_obj_t value) {
    if (value == mp_const_none || value == mp_const_false) {
        return ASVC_RESTART_NEVER;
    }
    if (value == mp_const_true) {
        return ASVC_RESTART_ON_FAILURE;
    }
    size_t policy = text_at(value, policies, MP_ARRAY_SIZE(policies));
    if (policy == MP_ARRAY_SIZE(policies)) {
        bad_value(where, key, value, policies_text());
    }
    return (uint8_t)policy;
}

// A factor of 1.5 is 150.
static uint16_t to_percent(mp_obj_t value) {
    mp_int_t percent = to_int(value, 1, 100) * 100;
#if MICROPY_PY_BUILTINS_FLOAT
    if (mp_obj_is_float(value)) {
        mp_float_t factor = mp_obj_get_float(value);
        percent = factor >= 1 && factor <= 100 ? (mp_int_t)(factor * 100) : 0;
    }
#endif
    if (percent < 100) {
        bad_value("restart: ", MP_QSTR_factor, value, "a number from 1 to 100");
    }
    return (uint16_t)percent;
}

static uint8_t to_burst(mp_obj_t value) {
    mp_int_t burst = to_int(value, 1, 255);
    if (burst < 0) {
        bad_value("restart: ", MP_QSTR_burst, value, "how many short runs are too many, 1 to 255");
    }
    return (uint8_t)burst;
}

static mp_obj_t to_then(mp_obj_t value) {
    bool fits = value == mp_const_none || is_text(value, MP_QSTR_safe_mode) || is_text(value, MP_QSTR_reset)
        || (mp_obj_is_callable(value) && !asvc_is_str(value));
    if (!fits) {
        bad_value("restart: ", MP_QSTR_then, value, "None, \"safe_mode\", \"reset\" or a callable");
    }
    return value;
}

// The keys of `restart` where that is a dict.
static const attribute_t restart_keys[] = {
    { MP_QSTR_policy, OF_RESTART, 0 },
    { MP_QSTR_delay_ms, OF_RESTART, offsetof(asvc_restart_rules_t, delay_ms) },
    { MP_QSTR_delay_max_ms, OF_RESTART, offsetof(asvc_restart_rules_t, delay_max_ms) },
    { MP_QSTR_factor, OF_RESTART, 0 },
    { MP_QSTR_burst, OF_RESTART, 0 },
    { MP_QSTR_healthy_ms, OF_RESTART, offsetof(asvc_restart_rules_t, healthy_ms) },
    { MP_QSTR_then, OF_RESTART, 0 },
};

// Compared, not interned: a long name in a dict need not be interned yet, and interning searches all the names that there
// are.
static const attribute_t *restart_key(mp_obj_t key, mp_obj_t value) {
    for (size_t i = 0; i < MP_ARRAY_SIZE(restart_keys); i++) {
        if (is_text(key, restart_keys[i].key)) {
            return &restart_keys[i];
        }
    }
    asvc_raise(&mp_type_ServiceException,
        "restart: %o=%r: expected policy, delay_ms, delay_max_ms, factor, burst, healthy_ms or then", key,
        value);
}

static void take_restart(asvc_options_t *options, const attribute_t *key, mp_obj_t value) {
    static const char where[] = "restart: ";
    asvc_restart_rules_t *rules = &options->rules.restart;
    switch (key->key) {
    case MP_QSTR_policy:
        rules->policy = to_policy(where, MP_QSTR_policy, value);
        break;
    case MP_QSTR_factor:
        rules->factor_percent = to_percent(value);
        break;
    case MP_QSTR_burst:
        rules->burst = to_burst(value);
        break;
    case MP_QSTR_then:
        options->then = to_then(value);
        break;
    default:
        take_ms(rules, where, key, value);
    }
}

static void take_restart_dict(asvc_options_t *options, mp_obj_t dict) {
    mp_map_t *map = mp_obj_dict_get_map(dict);
    options->rules.restart.policy = ASVC_RESTART_ON_FAILURE; // who gives a dict means to have restarts
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        take_restart(options, restart_key(elem->key, elem->value), elem->value);
    }
    ASVC_KEEP(dict);
}

static void read_restart(mp_obj_t service, asvc_options_t *options) {
    mp_obj_t restart = given(service, MP_QSTR_restart);
    if (restart == MP_OBJ_NULL) {
        return;
    }
    if (asvc_is_dict(restart)) {
        take_restart_dict(options, restart);
    } else if (is_list(restart)) {
        options->rules.restart.policy = ASVC_RESTART_ON_FAILURE;
        options->along = restart;
    } else {
        options->rules.restart.policy = to_policy("", MP_QSTR_restart, restart);
    }
}

// asyncmd's way. There a watcher service starts again what has failed; it may be at work here, too, so that True,
// which is what it takes for granted, makes no policy of ours. A list does: who names others wants restarts. That watcher
// never gives up: there is no start limit.
static void read_restart_in_kwargs(mp_obj_t service, asvc_options_t *options) {
    mp_obj_t restart = in_kwargs(service, MP_QSTR_restart);
    if (restart == MP_OBJ_NULL) {
        return;
    }
    if (is_list(restart)) {
        options->along = restart;
        if (given(service, MP_QSTR_restart) == MP_OBJ_NULL) {
            options->rules.restart.policy = ASVC_RESTART_ON_FAILURE;
            options->rules.restart.burst = 0;
        }
    } else if (restart == mp_const_false) {
        options->rules.restart.policy = ASVC_RESTART_NEVER;
    } else if (restart != mp_const_true && restart != mp_const_none) {
        bad_value("kwargs: ", MP_QSTR_restart, restart,
            "False, True or a list of names; a policy is an attribute, or stands beside kwargs");
    }
}

// ---- children -------------------------------------------------------------------------------

static void read_child_failure(mp_obj_t service, asvc_options_t *options) {
    static const qstr_short_t names[] = { MP_QSTR_report, MP_QSTR_restart,
        MP_QSTR_fail }; // by asvc_child_failure_t
    mp_obj_t value = given(service, MP_QSTR_child_failure);
    if (asvc_or_none(value) == mp_const_none) {
        return;
    }
    size_t what = text_at(value, names, MP_ARRAY_SIZE(names));
    if (what == MP_ARRAY_SIZE(names)) {
        bad_value("", MP_QSTR_child_failure, value, "\"report\", \"restart\" or \"fail\"");
    }
    options->rules.child_failure = (uint8_t)what;
}

// ---- all ------------------------------------------------------------------------------------

void asvc_options_read(mp_obj_t service, asvc_options_t *options) {
    *options = (asvc_options_t){
        .rules.restart = { .delay_ms = ASVC_RESTART_DELAY_MS,
            .delay_max_ms = ASVC_RESTART_DELAY_MAX_MS,
            .healthy_ms = ASVC_RESTART_HEALTHY_MS,
            .factor_percent = 200,
            .burst = ASVC_RESTART_BURST },
        .then = mp_const_none,
    };
    read_restart(service, options);
    read_restart_in_kwargs(service, options);
    read_child_failure(service, options);
    for (size_t i = 0; i < MP_ARRAY_SIZE(attributes); i++) {
        mp_obj_t value = attributes[i].kind == MS ? given(service, attributes[i].key) : MP_OBJ_NULL;
        if (asvc_or_none(value) != mp_const_none) {
            take_ms(&options->rules, "", &attributes[i], value);
        }
    }
}

void asvc_options_check(mp_obj_t service) {
    asvc_options_t options;
    asvc_options_read(service, &options);
    for (size_t i = 0; i < MP_ARRAY_SIZE(attributes); i++) {
        if (attributes[i].kind == NAMES) {
            asvc_options_names(service, attributes[i].key, MP_OBJ_NULL);
        }
    }
}

#endif
