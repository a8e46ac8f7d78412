#include "bind/base/raise.h"

#include "py/objexcept.h"
#include "py/objstr.h"
#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/text.h"

MP_DEFINE_EXCEPTION(ServiceException, RuntimeError)

const char *asvc_get_str(mp_obj_t obj, const char *what, size_t *len) {
    if (!asvc_is_str(obj)) {
        asvc_raise(&mp_type_TypeError, "%s: expected a str, got %t", what, obj);
    }
    size_t n;
    const char *text = mp_obj_str_get_data(obj, &n);
    if (len != NULL) {
        *len = n;
    }
    return text;
}

mp_obj_t asvc_exceptionf(const mp_obj_type_t *type, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    mp_obj_t text = asvc_vstrf(fmt, args);
    va_end(args);
    return mp_obj_new_exception_arg1(type, text);
}

void asvc_raise(const mp_obj_type_t *type, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    mp_obj_t text = asvc_vstrf(fmt, args);
    va_end(args);
    nlr_raise(mp_obj_new_exception_arg1(type, text));
}
