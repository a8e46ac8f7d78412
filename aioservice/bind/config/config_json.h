// Between JSON and objects: MicroPython's json, where it is too lenient for a file that people write and
// power cuts break. Its loads() lets much pass, a text that was cut off among it, and answers dicts
// without order; its dumps() writes a repr for what JSON cannot hold. So texts are checked by core/json
// first and loads() is given the single values; objects are checked here.
#ifndef ASVC_BIND_CONFIG_JSON_H
#define ASVC_BIND_CONFIG_JSON_H

#include "py/obj.h"

#include "core/json.h"

// How many digits a float may have before its point in a text, lest it be read as infinite.
#if MICROPY_FLOAT_IMPL == MICROPY_FLOAT_IMPL_DOUBLE
#define ASVC_FLOAT_DIGITS 308
#else
#define ASVC_FLOAT_DIGITS 38
#endif

// A new dict from text, which asvc_json_check has let pass and which is UTF-8. It keeps the order of the
// text, and so do the dicts directly inside dicts. Of two members of one key the later value holds, in
// the place of the first. The caller keeps the object that text lies in reachable. Raises ValueError or
// OverflowError for a number that this firmware cannot hold, and MemoryError.
mp_obj_t asvc_config_from_json(asvc_json_span_t text);

// Whether JSON can hold config, a dict: None, bool, int, float below ASVC_FLOAT_MOST, str, list, tuple, and dict with
// str keys, at most ASVC_CONFIG_DEPTH levels deep. Where not, prints a line which says what and where,
// as in `[ ERROR ] services.config: hello: kwargs["pins"][0] is a set, which JSON cannot hold (...)`.
// Raises MemoryError only while it puts that line together.
bool asvc_config_is_storable(mp_obj_t config);

#endif
