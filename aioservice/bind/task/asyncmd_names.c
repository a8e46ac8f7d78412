#include "bind/task/asyncmd_names.h"

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/is.h"
#include "core/config.h"

#if ASVC_ASYNCMD

static bool is_child(const asvc_task_t *task) {
    return !asvc_task_is_main(task) && asvc_task_service(task) != MP_OBJ_NULL;
}

// The names of its other tasks, a list, or MP_OBJ_NULL where there is none yet or its user put something else
// there.
static mp_obj_t children_of(mp_obj_t service) {
    mp_obj_t names = asvc_service_own_attr(service, MP_QSTR__child_tasks);
    return names != MP_OBJ_NULL && mp_obj_is_type(names, &mp_type_list) ? names : MP_OBJ_NULL;
}

static bool has(mp_obj_t list, mp_obj_t name) {
    return mp_obj_is_true(mp_binary_op(MP_BINARY_OP_CONTAINS, list, name));
}

void asvc_asyncmd_add_child(const asvc_task_t *task) {
    if (!is_child(task)) {
        return;
    }
    mp_obj_t service = task->arg[0], name = task->name;
    mp_obj_t names = children_of(service);
    if (names == MP_OBJ_NULL) {
        mp_store_attr(service, MP_QSTR__child_tasks, mp_obj_new_list(1, &name));
    } else if (!has(names, name)) {
        mp_obj_list_append(names, name);
    }
}

void asvc_asyncmd_remove_child(const asvc_task_t *task) {
    if (!is_child(task)) {
        return;
    }
    mp_obj_t service = task->arg[0], name = task->name;
    mp_obj_t names = children_of(service);
    if (names != MP_OBJ_NULL && has(names, name)) {
        mp_obj_list_remove(names, name);
    }
}

mp_obj_t asvc_asyncmd_task_attr(const asvc_task_t *task, qstr attr) {
    switch (attr) {
    case MP_QSTR__is_service:
        return mp_obj_new_bool(asvc_task_service(task) != MP_OBJ_NULL);
    case MP_QSTR__is_parent:
        return mp_obj_new_bool(asvc_task_is_main(task));
    case MP_QSTR__is_child:
        return mp_obj_new_bool(is_child(task));
    default:
        return MP_OBJ_NULL;
    }
}

#endif
