#include "bind/config/config_json.h"

#include "py/runtime.h"

#include "bind/base/call.h"
#include "bind/config/config_say.h"
#include "bind/base/is.h"
#include "bind/base/map.h"
#include "bind/base/say.h"
#include "core/config.h"

#if ASVC_CONFIG

// ---- JSON text to objects -------------------------------------------------------------------

static mp_obj_t load(mp_obj_t loads, asvc_json_span_t text) {
    vstr_t joined;
    vstr_init_len(&joined, (size_t)(text.end - text.at));
    joined.len = asvc_json_join_surrogates(text, joined.buf);
    return mp_call_function_1(loads, mp_obj_new_str_from_vstr(&joined));
}

// An ordered map looks a key up by going through all of them; `places`, a hash table of key to
// position, keeps the filling of a large one from becoming quadratic.
static void put(mp_map_t *map, mp_map_t *places, mp_obj_t key, mp_obj_t value) {
    mp_map_elem_t *place = mp_map_lookup(places, key, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
    if (place->value != MP_OBJ_NULL) {
        map->table[MP_OBJ_SMALL_INT_VALUE(place->value)].value = value;
        return;
    }
    place->value = MP_OBJ_NEW_SMALL_INT((mp_int_t)map->used);
    map->table[map->used++] = (mp_map_elem_t){ key, value };
    if (!mp_obj_is_qstr(key)) {
        map->all_keys_are_qstrs = 0;
    }
}

static size_t count_members(asvc_json_span_t members) {
    size_t n = 0;
    asvc_json_span_t key, value;
    while (asvc_json_next_member(&members, &key, &value)) {
        n++;
    }
    return n;
}

static mp_obj_t load_object(mp_obj_t loads, asvc_json_span_t text) {
    asvc_json_span_t members = asvc_json_members(text), key, value;
    size_t n = count_members(members);
    mp_obj_t dict = asvc_dict_new_ordered(n);
    mp_map_t places;
    mp_map_init(&places, n + n / 2);
    while (asvc_json_next_member(&members, &key, &value)) {
        mp_obj_t name = load(loads, key);
        mp_obj_t object = *value.at == '{' ? load_object(loads, value) : load(loads, value);
        put(mp_obj_dict_get_map(dict), &places, name, object);
    }
    mp_map_deinit(&places);
    return dict;
}

mp_obj_t asvc_config_from_json(asvc_json_span_t text) {
    mp_obj_t json = asvc_import(MP_QSTR_json);
    return load_object(mp_load_attr(json, MP_QSTR_loads), text);
}

// ---- what JSON can hold ---------------------------------------------------------------------

// Where an object is, from the outside in: a key (str) or a position (small int) in what is at `in`.
typedef struct _place_t {
    const struct _place_t *in; // NULL for a service's name
    mp_obj_t key;
} place_t;

// `hello`, `hello: kwargs`, `hello: kwargs["pins"][0]`, a str.
static mp_obj_t place_text(const place_t *place) {
    if (place->in == NULL) {
        return place->key;
    }
    const char *fmt = "%o: %o";
    if (place->in->in != NULL) {
        fmt = asvc_is_str(place->key) ? "%o[\"%o\"]" : "%o[%o]";
    }
    return asvc_strf(fmt, place_text(place->in), place->key);
}

static bool refuse_value(const place_t *place, mp_obj_t value) {
    bool is_float = false;
#if MICROPY_PY_BUILTINS_FLOAT
    is_float = mp_obj_is_float(value);
#endif
    return asvc_config_refuse(is_float
            ? "%o is %o, which JSON cannot hold: it is too large, or no number"
            : "%o is %o, which JSON cannot hold (None, bool, int, float, str, list, tuple and dict "
              "with str keys can)",
        place_text(place), is_float ? value : asvc_config_type(value));
}

static bool refuse_key(const place_t *place, mp_obj_t key) {
    mp_obj_t before = place == NULL ? asvc_strf("the name") : asvc_strf("%o has the key", place_text(place));
    return asvc_config_refuse(
        "%o %r, %o, where JSON can only hold a str", before, key, asvc_config_type(key));
}

static bool refuse_depth(const place_t *place) {
    return asvc_config_refuse("%o is nested more than %d deep: does something contain itself?",
        place_text(place), ASVC_CONFIG_DEPTH);
}

static bool is_storable(const place_t *place, mp_obj_t value, unsigned depth);

static bool are_items_storable(const place_t *place, mp_obj_t sequence, unsigned depth) {
    size_t len;
    mp_obj_t *items;
    mp_obj_get_array(sequence, &len, &items);
    for (size_t i = 0; i < len; i++) {
        place_t item = { place, MP_OBJ_NEW_SMALL_INT((mp_int_t)i) };
        if (!is_storable(&item, items[i], depth)) {
            return false;
        }
    }
    return true;
}

static bool are_members_storable(const place_t *place, mp_obj_t dict, unsigned depth) {
    mp_map_t *map = mp_obj_dict_get_map(dict);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        place_t member = { place, elem->key };
        if (!asvc_is_str(member.key)) {
            return refuse_key(place, member.key);
        }
        if (!is_storable(&member, elem->value, depth)) {
            return false;
        }
    }
    return true;
}

// Subclasses are refused with the rest: what they print as is up to them. depth: levels still allowed.
static bool is_storable(const place_t *place, mp_obj_t value, unsigned depth) {
    if (asvc_is_json_scalar(value)) {
        return true;
    }
    bool is_sequence = asvc_is_sequence(value);
    if (!is_sequence && !asvc_is_dict(value)) {
        return refuse_value(place, value);
    }
    if (depth == 0) {
        return refuse_depth(place);
    }
    return is_sequence ? are_items_storable(place, value, depth - 1)
                       : are_members_storable(place, value, depth - 1);
}

bool asvc_config_is_storable(mp_obj_t config) {
    return is_storable(NULL, config, ASVC_CONFIG_DEPTH);
}

#endif
