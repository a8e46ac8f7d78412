#include "bind/config_say.h"

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"

#include "bind/file.h"
#include "bind/map.h"
#include "bind/say.h"
#include "bind/state.h"
#include "core/config.h"

#if ASVC_CONFIG

static const MP_DEFINE_STR_OBJ(config_file, "services.config");

void asvc_config_error(vstr_t *line) {
    asvc_file_error(line, MP_OBJ_FROM_PTR(&config_file));
}

void asvc_config_add_type(vstr_t *line, mp_obj_t obj) {
    const char *type = mp_obj_get_type_str(obj);
    asvc_addf(line, "%s %s", strchr("aeiou", type[0]) != NULL ? "an" : "a", type);
}

void asvc_config_say_once(vstr_t *line) {
    asvc_root_t *root = asvc_root();
    if (root->config_said == MP_OBJ_NULL) {
        root->config_said = mp_obj_new_dict(0);
    }
    mp_obj_t text = mp_obj_new_str(line->buf, line->len);
    if (asvc_map_get(mp_obj_dict_get_map(root->config_said), text) == MP_OBJ_NULL) {
        mp_obj_dict_store(root->config_said, text, mp_const_none);
        asvc_say(line);
    }
}

size_t asvc_config_forget_said(void) {
    asvc_root_t *root = asvc_root();
    size_t n = root->config_said == MP_OBJ_NULL ? 0 : mp_obj_dict_get_map(root->config_said)->used;
    root->config_said = MP_OBJ_NULL;
    return n;
}

bool asvc_config_refuse(vstr_t *line) {
    asvc_say(line);
    return false;
}

#endif
