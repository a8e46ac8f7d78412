// The methods of aioclass.Service, and the defaults of its attributes.
#include "bind/modules/service_methods.h"

#include <string.h>

#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/text.h"
#include "bind/log/service_logger.h"
#include "bind/service/service_class.h"
#include "bind/service/registry.h"
#include "bind/supervise/report.h"
#include "bind/task/add.h"
#include "bind/task/make.h"
#include "bind/task/signature.h"

// A C function that binds self when it is looked up on an instance. Plain C functions on a Python
// class act as static methods.
typedef struct _method_t {
    mp_obj_base_t base;
    const void *fun; // a function object in ROM
} method_t;

static mp_obj_t method_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    method_t *self = MP_OBJ_TO_PTR(self_in);
    return mp_call_function_n_kw(MP_OBJ_FROM_PTR(self->fun), n_args, n_kw, args);
}

static MP_DEFINE_CONST_OBJ_TYPE(type_method, MP_QSTR_function, MP_TYPE_FLAG_BINDS_SELF, call, method_call);

#define METHOD(name) static const method_t name##_method = { { &type_method }, &asvc_##name##_obj }

// args and kwargs are each instance's own: empty, or a copy of what a class sets. What is no list or dict there
// stays, and is refused when the service is loaded.
static void give_own_args(mp_obj_t self) {
    mp_obj_t args = asvc_service_unbound_attr(self, MP_QSTR_args);
    args = args == MP_OBJ_NULL ? mp_const_empty_tuple : args;
    if (asvc_is_sequence(args)) {
        size_t len;
        mp_obj_t *item;
        mp_obj_get_array(args, &len, &item);
        mp_store_attr(self, MP_QSTR_args, mp_obj_new_list(len, item));
    }
    mp_obj_t kwargs = asvc_service_unbound_attr(self, MP_QSTR_kwargs);
    if (kwargs == MP_OBJ_NULL || asvc_is_dict(kwargs)) {
        mp_store_attr(
            self, MP_QSTR_kwargs, kwargs == MP_OBJ_NULL ? mp_obj_new_dict(0) : mp_obj_dict_copy(kwargs));
    }
}

static mp_obj_t service_init(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_REQUIRED | MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_info, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_) } },
        { MP_QSTR_loaded, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_TRUE } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    asvc_get_str(arg[0].u_obj, "Service(name)", NULL);
    for (size_t i = 0; i < MP_ARRAY_SIZE(allowed); i++) {
        // What has its default on the class takes room in the instance only where it differs.
        if (arg[i].u_obj != allowed[i].defval.u_obj) {
            mp_store_attr(args[0], (qstr)allowed[i].qst, arg[i].u_obj);
        }
    }
    give_own_args(args[0]);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(asvc_service_init_obj, 1, service_init);
METHOD(service_init);

#if ASVC_RECORD
static mp_obj_t service_repr(mp_obj_t self) {
    mp_obj_t name = mp_load_attr(self, MP_QSTR_name);
    return asvc_strf("Service: %o.service from %o", name, mp_load_attr(self, MP_QSTR_path));
}
static MP_DEFINE_CONST_FUN_OBJ_1(asvc_service_repr_obj, service_repr);
METHOD(service_repr);
#endif

// add_ctask(aioctl, task, cname, *args, **kwargs). aioctl is asyncmd's way of avoiding a circular
// import; ours is known, so it is not used.
static mp_obj_t service_add_ctask(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t self = args[0], fun = args[2], cname = args[3];
    asvc_get_str(cname, "add_ctask: cname", NULL);
    // A method that aiotask decorates comes unbound, a plain one is bound to self already.
    size_t n_self = mp_obj_is_type(fun, &mp_type_bound_meth) ? 0 : 1, n = n_self + n_args - 4;
    mp_obj_t *flat = m_new(mp_obj_t, n + 2 * kwargs->used + 1);
    flat[0] = self;
    memcpy(flat + n_self, args + 4, (n_args - 4) * sizeof(mp_obj_t));
    // As a main task does, it gets the log where it takes one.
    bool refuses_log = ASVC_LOG && asvc_signature_arg(fun, MP_QSTR_log) == ASVC_ARG_REFUSED;
    size_t n_kw = asvc_map_to_args(kwargs, refuses_log ? MP_QSTR_log : MP_QSTRnull, flat + n) / 2;
    mp_obj_t name = asvc_strf("%n.service.%n", mp_load_attr(self, MP_QSTR_name), cname);
    asvc_task_t *task = asvc_task_new(fun, name, n, n_kw, flat);
    asvc_replace(task, asvc_registry_parent(task, self));
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(asvc_service_add_ctask_obj, 4, service_add_ctask);
METHOD(service_add_ctask);

#if ASVC_LOG
METHOD(service_add_logger);
#endif
#if ASVC_SUPERVISION
METHOD(service_ready);
METHOD(service_feed);
#endif

static const MP_DEFINE_STR_OBJ(default_type_obj, "runtime.service");

static const mp_rom_map_elem_t service_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&service_init_method) },
    { MP_ROM_QSTR(MP_QSTR_add_ctask), MP_ROM_PTR(&service_add_ctask_method) },
#if ASVC_RECORD
    { MP_ROM_QSTR(MP_QSTR___repr__), MP_ROM_PTR(&service_repr_method) },
#endif
#if ASVC_LOG
    { MP_ROM_QSTR(MP_QSTR_add_logger), MP_ROM_PTR(&service_add_logger_method) },
#endif
#if ASVC_SUPERVISION
    { MP_ROM_QSTR(MP_QSTR_ready), MP_ROM_PTR(&service_ready_method) },
    { MP_ROM_QSTR(MP_QSTR_feed), MP_ROM_PTR(&service_feed_method) },
#endif
    { MP_ROM_QSTR(MP_QSTR_path), MP_ROM_QSTR(MP_QSTR_) },
    { MP_ROM_QSTR(MP_QSTR_info), MP_ROM_QSTR(MP_QSTR_) },
    { MP_ROM_QSTR(MP_QSTR_type), MP_ROM_PTR(&default_type_obj) },
    { MP_ROM_QSTR(MP_QSTR_docs), MP_ROM_QSTR(MP_QSTR_) },
    { MP_ROM_QSTR(MP_QSTR_enabled), MP_ROM_FALSE },
    { MP_ROM_QSTR(MP_QSTR_loaded), MP_ROM_TRUE },
    { MP_ROM_QSTR(MP_QSTR_log), MP_ROM_NONE },
#if ASVC_ASYNCMD
    { MP_ROM_QSTR(MP_QSTR__child_tasks), MP_ROM_PTR(&mp_const_empty_tuple_obj) },
#endif
};
MP_DEFINE_CONST_DICT(asvc_service_locals, service_locals_table);
