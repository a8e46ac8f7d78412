#include "bind/config/config_say.h"

#include <string.h>

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/map.h"
#include "bind/base/say.h"
#include "bind/base/state.h"

#if ASVC_CONFIG || ASVC_INSIGHT

// Whether the text is new in a dict, which has it from now on.
static bool is_new(mp_obj_t *dict, mp_obj_t text) {
    if (*dict == MP_OBJ_NULL) {
        *dict = mp_obj_new_dict(0);
    }
    mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(*dict), text, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
    bool new = elem->value == MP_OBJ_NULL;
    elem->value = mp_const_none;
    return new;
}

void asvc_config_tell(asvc_event_kind_t kind, mp_obj_t service, mp_obj_t text) {
    asvc_root_t *root = asvc_root();
    bool broken = kind == ASVC_EVENT_CONFIG_BROKEN, verify = root->verify != MP_OBJ_NULL;
    if (verify && is_new(&root->verify, text)) {
        asvc_sayf(broken ? "%kservices.config: %o" : "%k%o", false, text);
    }
    if (!broken) {
        is_new(&root->config_unknown, text);
    }
    if (is_new(&root->config_said, text)) {
        asvc_event_t event = { .service = service, .what = text, .kind = (uint8_t)kind };
        event.how = verify ? ASVC_EVENT_UNSAID : 0;
        asvc_event_put(&event);
    }
}

mp_obj_t asvc_config_unknown(void) {
    mp_obj_t dict = asvc_root()->config_unknown;
    return dict == MP_OBJ_NULL ? mp_obj_new_list(0, NULL)
                               : mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_list), dict);
}

#endif

#if ASVC_CONFIG

void asvc_config_forget(mp_obj_t text) {
    mp_obj_t said = asvc_root()->config_said;
    if (text != MP_OBJ_NULL && said != MP_OBJ_NULL) {
        asvc_map_remove(mp_obj_dict_get_map(said), text);
    }
}

void asvc_config_complain(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    mp_obj_t text = asvc_vstrf(fmt, args);
    va_end(args);
    asvc_config_tell(ASVC_EVENT_CONFIG_BROKEN, MP_OBJ_NULL, text);
    asvc_events_tell();
}

bool asvc_config_refuse(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    asvc_sayf("%kservices.config: %o", false, asvc_vstrf(fmt, args));
    va_end(args);
    return false;
}

mp_obj_t asvc_config_type(mp_obj_t obj) {
    const char *type = mp_obj_get_type_str(obj);
    return asvc_strf(strchr("aeiou", type[0]) != NULL ? "an %s" : "a %s", type);
}

#endif
