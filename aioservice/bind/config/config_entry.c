#include "bind/config/config_entry.h"

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/config/config_say.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/map.h"
#include "bind/base/say.h"
#include "core/config.h"

#if ASVC_CONFIG

// In the order in which people are to read them.
static const qstr_short_t known_keys[] = { MP_QSTR_enabled, MP_QSTR_args, MP_QSTR_kwargs };

// What is stored under a service's name, if it is an entry at all; else MP_OBJ_NULL.
static mp_obj_t find(mp_obj_t config, mp_obj_t name) {
    mp_obj_t entry = asvc_map_get(mp_obj_dict_get_map(config), name);
    return asvc_is_dict(entry) ? entry : MP_OBJ_NULL;
}

// Stores what is in `from` in the dict `to`, too.
static void store_all(mp_obj_t to, mp_obj_t from) {
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_dict_next(from, &at)) != NULL) {
        mp_obj_dict_store(to, elem->key, elem->value);
    }
    ASVC_KEEP(from);
}

static bool is_expected(qstr key, mp_obj_t value) {
    switch (key) {
    case MP_QSTR_enabled:
        return mp_obj_is_bool(value);
    case MP_QSTR_args:
        return asvc_is_sequence(value);
    default:
        return asvc_is_dict(value);
    }
}

mp_obj_t asvc_config_entry(mp_obj_t config, mp_obj_t name) {
    mp_obj_t stored = find(config, name);
    mp_obj_t entry = stored;
    if (entry == MP_OBJ_NULL) {
        return MP_OBJ_NULL;
    }
    for (size_t i = 0; i < MP_ARRAY_SIZE(known_keys); i++) {
        mp_obj_t value = asvc_dict_get(entry, known_keys[i]);
        if (value != MP_OBJ_NULL && !is_expected(known_keys[i], value)) {
            if (entry == stored) {
                entry = mp_obj_dict_copy(entry);
            }
            mp_obj_dict_delete(entry, MP_OBJ_NEW_QSTR(known_keys[i]));
        }
    }
    return entry;
}

mp_obj_t asvc_config_index(mp_obj_t config) {
    size_t n = mp_obj_dict_get_map(config)->used;
    mp_obj_t index = mp_obj_new_dict(n + n / 2);
    store_all(index, config);
    return index;
}

bool asvc_config_enabled(mp_obj_t config, mp_obj_t name, bool otherwise) {
    mp_obj_t entry = config == MP_OBJ_NULL ? MP_OBJ_NULL : find(config, name);
    mp_obj_t enabled = entry == MP_OBJ_NULL ? MP_OBJ_NULL : asvc_dict_get(entry, MP_QSTR_enabled);
    if (enabled == MP_OBJ_NULL || !mp_obj_is_bool(enabled)) {
        return otherwise;
    }
    return enabled == mp_const_true;
}

bool asvc_config_has(mp_obj_t config, mp_obj_t name) {
    return asvc_map_get(mp_obj_dict_get_map(config), name) != MP_OBJ_NULL;
}

mp_obj_t asvc_config_listed(mp_obj_t config, mp_map_t *names) {
    mp_map_t *map = mp_obj_dict_get_map(config);
    mp_obj_t listed = mp_obj_new_list(0, NULL);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        elem = mp_map_lookup(names, elem->key, MP_MAP_LOOKUP);
        if (elem != NULL) {
            mp_obj_list_append(listed, elem->key);
        }
    }
    ASVC_KEEP(config);
    return listed;
}

mp_obj_t asvc_config_in_order(mp_obj_t entry) {
    mp_obj_t ordered = asvc_dict_new_ordered(mp_obj_dict_get_map(entry)->used);
    for (size_t i = 0; i < MP_ARRAY_SIZE(known_keys); i++) {
        mp_obj_t value = asvc_dict_get(entry, known_keys[i]);
        if (value != MP_OBJ_NULL) {
            mp_obj_dict_store(ordered, MP_OBJ_NEW_QSTR(known_keys[i]), value);
        }
    }
    store_all(ordered, entry);
    return ordered;
}

// ---- complaints -----------------------------------------------------------------------------

static const char *expectation(qstr key) {
    return key == MP_QSTR_enabled ? "true or false" : key == MP_QSTR_args ? "a list" : "an object";
}

static void complain_of_entry(mp_obj_t name, mp_obj_t entry) {
    if (asvc_plain_name(name, "name") != name) {
        asvc_config_complain("%o: expected a name without \".service\"; it is ignored", name);
        return;
    }
    if (!asvc_is_dict(entry)) {
        asvc_config_complain("%o is %o, expected an object like {\"enabled\": true}; it is ignored", name,
            asvc_config_type(entry));
        return;
    }
    for (size_t i = 0; i < MP_ARRAY_SIZE(known_keys); i++) {
        qstr key = known_keys[i];
        mp_obj_t value = asvc_dict_get(entry, key);
        if (value != MP_OBJ_NULL && !is_expected(key, value)) {
            asvc_config_complain("%o: %q is %o, expected %s; it is ignored", name, key,
                asvc_config_type(value), expectation(key));
        }
    }
}

void asvc_config_check_entries(mp_obj_t config) {
    mp_map_t *map = mp_obj_dict_get_map(config);
    for (size_t i = 0; i < map->used; i++) {
        complain_of_entry(map->table[i].key, map->table[i].value);
    }
    ASVC_KEEP(config);
}

#endif
