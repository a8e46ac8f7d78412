#include "bind/base/is.h"

#include "py/runtime.h"
#include "py/unicode.h"

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
