// Looking up and taking out of maps and dicts, which MicroPython spells at length.
#ifndef ASVC_BASE_MAP_H
#define ASVC_BASE_MAP_H

#include "py/obj.h"

// The value of `key`, or MP_OBJ_NULL where it is not there. Raises what comparing the keys raises, and
// TypeError for a key that cannot be hashed.
mp_obj_t asvc_map_get(mp_map_t *map, mp_obj_t key);

// The same for a dict and a key known when compiling, MP_QSTR_key.
mp_obj_t asvc_dict_get(mp_obj_t dict, qstr key);

// Takes `key` out and answers its value, MP_OBJ_NULL where it was not there. The map must not be a
// fixed one (a table in ROM). Allocates nothing; raises like asvc_map_get, and then has changed nothing.
mp_obj_t asvc_map_remove(mp_map_t *map, mp_obj_t key);

// The member at place *at of a map or, where none lies there, the next one after it; NULL behind the last. Then *at
// is the place behind that member. A map may change meanwhile.
mp_map_elem_t *asvc_map_next(const mp_map_t *map, size_t *at);

// Writes the members of a map of named arguments behind each other, key and value, to `to`, which has
// room for 2 * map->used, and answers how many places were written. Keys are interned, as calls want
// them; the one that is `skip` (MP_QSTRnull for none) is left out, and `_id`, which asyncmd needed to find a
// task's name. Raises TypeError for a key that is no str.
size_t asvc_map_to_args(const mp_map_t *map, qstr skip, mp_obj_t *to);

// The same for a dict.
mp_map_elem_t *asvc_dict_next(mp_obj_t dict, size_t *at);

// A new dict of n keys in their order, each with its value: `otherwise` where that is MP_OBJ_NULL; where `otherwise` is that,
// too, the key is left out. Raises MemoryError.
mp_obj_t asvc_dict_of(const qstr_short_t *keys, size_t n, const mp_obj_t *values, mp_obj_t otherwise);

// A new dict that keeps the order in which it is filled, with room for n members. Look-ups in it take
// time in proportion to its length. Raises MemoryError.
mp_obj_t asvc_dict_new_ordered(size_t n);

#endif
