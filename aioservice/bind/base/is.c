#include "bind/base/is.h"

#include "py/objtype.h"
#include "py/runtime.h"
#include "py/unicode.h"

#include "bind/base/exception.h"
#include "bind/base/map.h"
#include "bind/base/state.h"

bool asvc_is_str(mp_obj_t obj) {
    return obj != MP_OBJ_NULL && mp_obj_is_str(obj);
}

bool asvc_is_dict(mp_obj_t obj) {
    return obj != MP_OBJ_NULL && mp_obj_is_dict_or_ordereddict(obj);
}

bool asvc_is_true(mp_obj_t obj) {
    return obj != MP_OBJ_NULL && mp_obj_is_true(obj);
}

bool asvc_is_error(mp_obj_t obj) {
    return obj != MP_OBJ_NULL && mp_obj_is_exception_instance(obj);
}

bool asvc_is_json_scalar(mp_obj_t obj) {
#if MICROPY_PY_BUILTINS_FLOAT
    if (mp_obj_is_float(obj)) {
        mp_float_t number = mp_obj_float_get(obj);
        return number > -ASVC_FLOAT_MOST && number < ASVC_FLOAT_MOST; // as nan is not
    }
#endif
    return obj == mp_const_none || mp_obj_is_bool(obj) || mp_obj_is_int(obj) || mp_obj_is_str(obj);
}

mp_obj_t asvc_or_none(mp_obj_t obj) {
    return obj == MP_OBJ_NULL ? mp_const_none : obj;
}

bool asvc_is_sequence(mp_obj_t obj) {
    return obj != MP_OBJ_NULL && (mp_obj_is_type(obj, &mp_type_list) || mp_obj_is_type(obj, &mp_type_tuple));
}

bool asvc_is_utf8(const char *text, size_t len) {
#if !MICROPY_PY_BUILTINS_STR_UNICODE
    (void)text;
    (void)len;
    return true;
#elif MICROPY_VERSION >= MICROPY_MAKE_VERSION(1, 29, 0)
    return unicode_encoding_check(MP_ENCODING_UTF8, (const byte *)text, len);
#else
    return utf8_check((const byte *)text, len);
#endif
}

// ---- services -------------------------------------------------------------------------------

bool asvc_is_service(mp_obj_t obj) {
    mp_obj_t cls = asvc_root()->service_class;
    return cls != MP_OBJ_NULL && asvc_is_a(obj, MP_OBJ_TO_PTR(cls));
}

mp_obj_t asvc_service_own_attr(mp_obj_t service, qstr attr) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(service);
    return asvc_map_get(&self->members, MP_OBJ_NEW_QSTR(attr));
}

const char *asvc_service_name(mp_obj_t service, size_t *len) {
    mp_obj_t name = asvc_service_own_attr(service, MP_QSTR_name);
    if (!asvc_is_str(name)) {
        *len = 1;
        return "?";
    }
    return mp_obj_str_get_data(name, len);
}
