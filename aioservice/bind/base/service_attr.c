#include "bind/base/service_attr.h"

#include "py/objtuple.h"
#include "py/objtype.h"
#include "py/runtime.h"

#include "bind/base/exception.h"
#include "bind/base/is.h"
#include "bind/base/map.h"
#include "bind/base/state.h"

mp_obj_t asvc_service_attr(mp_obj_t service, qstr attr) {
    mp_obj_t dest[2];
    mp_load_method_maybe(service, attr, dest);
    if (dest[0] == MP_OBJ_NULL || dest[1] == MP_OBJ_NULL) {
        return dest[0];
    }
    return mp_load_attr(service, attr); // a method or a property
}

mp_obj_t asvc_service_attr_quiet(mp_obj_t service, qstr attr) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_obj_t value = asvc_service_attr(service, attr);
        nlr_pop();
        return value;
    }
    asvc_raise_unless_exception(MP_OBJ_FROM_PTR(nlr.ret_val));
    return MP_OBJ_NULL;
}

// Goes through the bodies of a class and of its bases, down to but without Service, until look answers
// something for one.
static mp_obj_t in_classes(
    const mp_obj_type_t *type, mp_obj_t (*look)(mp_map_t *locals, void *arg), void *arg) {
    mp_obj_t found = MP_OBJ_NULL;
    if (!mp_obj_is_instance_type(type) || MP_OBJ_FROM_PTR(type) == asvc_root()->service_class) {
        return found;
    }
    if (MP_OBJ_TYPE_HAS_SLOT(type, locals_dict)) {
        found = look(&MP_OBJ_TYPE_GET_SLOT(type, locals_dict)->map, arg);
    }
    if (found != MP_OBJ_NULL || !MP_OBJ_TYPE_HAS_SLOT(type, parent)) {
        return found;
    }
    const mp_obj_base_t *parent = MP_OBJ_TYPE_GET_SLOT(type, parent);
    if (parent->type != &mp_type_tuple) {
        return in_classes((const mp_obj_type_t *)parent, look, arg);
    }
    const mp_obj_tuple_t *bases = (const mp_obj_tuple_t *)parent;
    for (size_t i = 0; i < bases->len && found == MP_OBJ_NULL; i++) {
        found = in_classes(MP_OBJ_TO_PTR(bases->items[i]), look, arg);
    }
    return found;
}

static mp_obj_t look_for_attr(mp_map_t *locals, void *attr) {
    return asvc_map_get(locals, MP_OBJ_NEW_QSTR(*(qstr *)attr));
}

typedef struct {
    bool (*fun)(qstr attr, void *arg);
    void *arg;
} wanted_t;

// Names of attributes are interned, so no key needs to be compared as a text.
static mp_obj_t look_for_any(mp_map_t *map, void *wanted_in) {
    wanted_t *wanted = wanted_in;
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        if (mp_obj_is_qstr(elem->key) && wanted->fun(MP_OBJ_QSTR_VALUE(elem->key), wanted->arg)) {
            return mp_const_true;
        }
    }
    return MP_OBJ_NULL;
}

bool asvc_service_sets_any(mp_obj_t service, bool (*fun)(qstr attr, void *arg), void *arg) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(service);
    wanted_t wanted = { fun, arg };
    return look_for_any(&self->members, &wanted) != MP_OBJ_NULL
        || in_classes(self->base.type, look_for_any, &wanted) != MP_OBJ_NULL;
}

mp_obj_t asvc_service_set_attr(mp_obj_t service, qstr attr) {
    mp_obj_t own = asvc_service_own_attr(service, attr);
    return own != MP_OBJ_NULL ? own : in_classes(mp_obj_get_type(service), look_for_attr, &attr);
}

mp_obj_t asvc_service_unbound_attr(mp_obj_t service, qstr attr) {
    mp_obj_t found[2] = { asvc_service_own_attr(service, attr) };
    if (found[0] == MP_OBJ_NULL) {
        mp_load_method_maybe(MP_OBJ_FROM_PTR(mp_obj_get_type(service)), attr, found);
    }
    return found[0];
}

mp_obj_t asvc_service_task_function(mp_obj_t service) {
    return asvc_service_unbound_attr(service, MP_QSTR_task);
}
