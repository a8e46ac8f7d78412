#include "bind/config/config_say.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/map.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "core/config.h"

#if ASVC_CONFIG

static void say(mp_obj_t text) {
    asvc_sayf("%kservices.config: %o", false, text);
}

void asvc_config_complain(const char *fmt, ...) {
    asvc_root_t *root = asvc_root();
    if (root->config_said == MP_OBJ_NULL) {
        root->config_said = mp_obj_new_dict(0);
    }
    va_list args;
    va_start(args, fmt);
    mp_obj_t text = asvc_vstrf(fmt, args);
    va_end(args);
    if (asvc_map_get(mp_obj_dict_get_map(root->config_said), text) == MP_OBJ_NULL) {
        mp_obj_dict_store(root->config_said, text, mp_const_none);
        say(text);
    }
}

bool asvc_config_refuse(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    say(asvc_vstrf(fmt, args));
    va_end(args);
    return false;
}

mp_obj_t asvc_config_type(mp_obj_t obj) {
    const char *type = mp_obj_get_type_str(obj);
    return asvc_strf(strchr("aeiou", type[0]) != NULL ? "an %s" : "a %s", type);
}

mp_obj_t asvc_config_unknown(void) {
    return mp_obj_new_list(0, NULL);
}

size_t asvc_config_said(void) {
    mp_obj_t said = asvc_root()->config_said;
    return said == MP_OBJ_NULL ? 0 : mp_obj_dict_get_map(said)->used;
}

void asvc_config_forget_said(void) {
    asvc_root()->config_said = MP_OBJ_NULL;
}

#endif
