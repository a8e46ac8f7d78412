#include "bind/base/map.h"

#include "py/runtime.h"

mp_obj_t asvc_map_get(mp_map_t *map, mp_obj_t key) {
    mp_map_elem_t *elem = mp_map_lookup(map, key, MP_MAP_LOOKUP);
    return elem == NULL ? MP_OBJ_NULL : elem->value;
}

mp_obj_t asvc_dict_get(mp_obj_t dict, qstr key) {
    return asvc_map_get(mp_obj_dict_get_map(dict), MP_OBJ_NEW_QSTR(key));
}

mp_obj_t asvc_map_remove(mp_map_t *map, mp_obj_t key) {
    mp_map_elem_t *elem = mp_map_lookup(map, key, MP_MAP_LOOKUP_REMOVE_IF_FOUND);
    if (elem == NULL) {
        return MP_OBJ_NULL;
    }
    mp_obj_t value = elem->value;
    elem->value = MP_OBJ_NULL; // the free slot would keep it from being collected
    return value;
}

mp_map_elem_t *asvc_map_next(const mp_map_t *map, size_t *at) {
    while (*at < map->alloc) {
        size_t place = (*at)++;
        if (mp_map_slot_is_filled(map, place)) {
            return &map->table[place];
        }
    }
    return NULL;
}

mp_map_elem_t *asvc_dict_next(mp_obj_t dict, size_t *at) {
    return asvc_map_next(mp_obj_dict_get_map(dict), at);
}

size_t asvc_map_to_args(const mp_map_t *map, qstr skip, mp_obj_t *to) {
    size_t n = 0;
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        mp_obj_t key = mp_obj_str_intern_checked(elem->key);
        if (key != MP_OBJ_NEW_QSTR(skip) && key != MP_OBJ_NEW_QSTR(MP_QSTR__id)) {
            to[n++] = key;
            to[n++] = elem->value;
        }
    }
    return n;
}

mp_obj_t asvc_dict_new_ordered(size_t n) {
    mp_obj_t dict = mp_obj_new_dict(n);
    mp_obj_dict_get_map(dict)->is_ordered = 1;
    return dict;
}

mp_obj_t asvc_dict_of(const qstr_short_t *keys, size_t n, const mp_obj_t *values, mp_obj_t otherwise) {
    mp_obj_t dict = asvc_dict_new_ordered(n);
    for (size_t i = 0; i < n; i++) {
        mp_obj_t value = values[i] == MP_OBJ_NULL ? otherwise : values[i];
        if (value != MP_OBJ_NULL) {
            mp_obj_dict_store(dict, MP_OBJ_NEW_QSTR(keys[i]), value);
        }
    }
    return dict;
}
