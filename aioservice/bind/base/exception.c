#include "bind/base/exception.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/state.h"

bool asvc_is_a(mp_obj_t exc, const mp_obj_type_t *type) {
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(mp_obj_get_type(exc)), MP_OBJ_FROM_PTR(type));
}

bool asvc_is_exception(mp_obj_t exc) {
    return asvc_is_a(exc, &mp_type_Exception);
}

qstr asvc_type_name(mp_obj_t obj) {
    return (qstr)mp_obj_get_type(obj)->name;
}

const size_t *asvc_exception_frames(mp_obj_t exc, size_t *n) {
    static const char asyncio[] = "asyncio/";
    size_t *frames = NULL;
    *n = 0;
    if (mp_obj_is_exception_instance(exc)) {
        mp_obj_exception_get_traceback(exc, n, &frames);
    }
    for (; *n > 0 && strncmp(qstr_str((qstr)frames[0]), asyncio, sizeof(asyncio) - 1) == 0; *n -= 3) {
        frames += 3;
    }
    return frames;
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
