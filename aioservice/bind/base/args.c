#include "bind/base/args.h"

#include "py/runtime.h"

#include "bind/base/raise.h"
#include "core/task_name.h"

mp_obj_t asvc_one_arg(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs, qstr name, mp_obj_t otherwise) {
    mp_arg_t allowed = { name, MP_ARG_OBJ, { .u_obj = otherwise } };
    if (otherwise == MP_OBJ_NULL) {
        allowed.flags |= MP_ARG_REQUIRED;
    }
    mp_arg_val_t arg;
    mp_arg_parse_all(n_args, args, kwargs, 1, &allowed, &arg);
    return arg.u_obj;
}

mp_obj_t asvc_name_arg(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return asvc_one_arg(n_args, args, kwargs, MP_QSTR_name, MP_OBJ_NULL);
}

mp_obj_t asvc_name_or_none_arg(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return asvc_one_arg(n_args, args, kwargs, MP_QSTR_name, mp_const_none);
}

mp_obj_t asvc_plain_name(mp_obj_t name, const char *what) {
    size_t len;
    const char *text = asvc_get_str(name, what, &len);
    size_t plain = asvc_service_name_plain(text, len);
    return plain == len ? name : mp_obj_new_str(text, plain);
}
