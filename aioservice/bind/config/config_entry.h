// The entries of services.config: what is stored for one service.
//
//     "hello": {"enabled": true, "args": [3, 2], "kwargs": {"led": "${LED_PIN}"}, "restart": "always"}
//
// "enabled" is bool, "args" a list and "kwargs" an object, each where it is there at all; other keys may
// hold anything. What is of another type is taken as absent, yet kept: people write this file.
#ifndef ASVC_BIND_CONFIG_ENTRY_H
#define ASVC_BIND_CONFIG_ENTRY_H

#include "py/obj.h"

#include "core/config.h"

// The entry of the service `name` in `config` (from asvc_config_read or asvc_config_index), or
// MP_OBJ_NULL. "enabled", "args" and "kwargs" in it are bool, list and dict where they are there at all.
// It may be the very dict inside config: to be read only. Compares with each name up to the one
// sought: for many look-ups, make an index. Raises MemoryError.
mp_obj_t asvc_config_entry(mp_obj_t config, mp_obj_t name);

// A new dict of the same entries as `config`, without order but with look-ups in O(1). Raises
// MemoryError.
mp_obj_t asvc_config_index(mp_obj_t config);

// Whether `config` has "enabled" true for the service `name`; `otherwise` where it does not say, or is MP_OBJ_NULL.
bool asvc_config_enabled(mp_obj_t config, mp_obj_t name, bool otherwise);

// Whether `config` has anything under that name.
bool asvc_config_has(mp_obj_t config, mp_obj_t name);

// A list of the names in `config` that are keys of `names`, in the order of config. Raises MemoryError.
mp_obj_t asvc_config_listed(mp_obj_t config, mp_map_t *names);

// A new dict of what is in `entry` as people are to read it: enabled, args, kwargs, then the others in
// their order. Raises MemoryError.
mp_obj_t asvc_config_in_order(mp_obj_t entry);

// Prints a line, once a run, for each entry in `config` (in order, from services.config) that is no
// object and each value in an entry that is not of the type above. Raises MemoryError.
void asvc_config_check_entries(mp_obj_t config);

#endif
