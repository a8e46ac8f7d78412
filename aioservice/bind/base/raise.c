#include "bind/base/raise.h"

#include "py/objexcept.h"
#include "py/objstr.h"
#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/state.h"
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

bool asvc_is_a(mp_obj_t exc, const mp_obj_type_t *type) {
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(mp_obj_get_type(exc)), MP_OBJ_FROM_PTR(type));
}

bool asvc_is_exception(mp_obj_t exc) {
    return asvc_is_a(exc, &mp_type_Exception);
}

qstr asvc_type_name(mp_obj_t obj) {
    return (qstr)mp_obj_get_type(obj)->name;
}

mp_obj_t asvc_keepable(mp_obj_t exc) {
    bool is_emergency = exc == MP_OBJ_FROM_PTR(&MP_STATE_VM(mp_emergency_exception_obj));
    return is_emergency ? asvc_root()->no_memory : exc;
}

void asvc_raise_unless_exception(mp_obj_t exc) {
    if (!asvc_is_exception(exc)) {
        nlr_raise(exc);
    }
}

mp_obj_t asvc_catch(const mp_obj_type_t *type, void (*fun)(void *arg), void *arg) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        fun(arg);
        nlr_pop();
        return MP_OBJ_NULL;
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr.ret_val);
    if (!asvc_is_a(exc, type)) {
        nlr_raise(exc);
    }
    return exc;
}

mp_obj_t asvc_try(void (*fun)(void *arg), void *arg) {
    return asvc_catch(&mp_type_Exception, fun, arg);
}
