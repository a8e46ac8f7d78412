#include "bind/is.h"

bool asvc_is_str(mp_obj_t obj) {
    return obj != MP_OBJ_NULL && mp_obj_is_str(obj);
}

bool asvc_is_dict(mp_obj_t obj) {
    return obj != MP_OBJ_NULL && mp_obj_is_dict_or_ordereddict(obj);
}

bool asvc_is_sequence(mp_obj_t obj) {
    return obj != MP_OBJ_NULL && (mp_obj_is_type(obj, &mp_type_list) || mp_obj_is_type(obj, &mp_type_tuple));
}
