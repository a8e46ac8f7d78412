#include "bind/base/call.h"

#include "py/runtime.h"

mp_obj_t asvc_import(qstr name) {
    return mp_import_name(name, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
}

mp_obj_t asvc_call_0(mp_obj_t object, qstr method) {
    mp_obj_t call[2];
    mp_load_method(object, method, call);
    return mp_call_method_n_kw(0, 0, call);
}

mp_obj_t asvc_call_1(mp_obj_t object, qstr method, mp_obj_t arg) {
    mp_obj_t call[3];
    mp_load_method(object, method, call);
    call[2] = arg;
    return mp_call_method_n_kw(1, 0, call);
}
