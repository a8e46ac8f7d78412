#include "bind/service/service_class.h"

#include "py/runtime.h"

#include "bind/base/state.h"
#include "bind/base/upward.h"

mp_obj_t asvc_service_class(void) {
    asvc_root_t *root = asvc_root();
    if (root->service_class == MP_OBJ_NULL) {
        // type("Service", (), locals): mp_obj_new_type, which that ends in, is MicroPython's own from 1.27 on.
        mp_obj_t args[3] = { MP_OBJ_NEW_QSTR(MP_QSTR_Service), mp_const_empty_tuple,
            MP_OBJ_FROM_PTR(root->upward->service_locals) };
        root->service_class = mp_call_function_n_kw(MP_OBJ_FROM_PTR(&mp_type_type), 3, 0, args);
    }
    return root->service_class;
}
