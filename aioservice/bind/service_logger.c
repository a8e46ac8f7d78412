#include "bind/service_logger.h"

#include "py/runtime.h"

#include "bind/call.h"
#include "bind/is.h"
#include "bind/logger.h"
#include "bind/map.h"
#include "bind/say.h"
#include "core/config.h"

#if ASVC_LOG

// logger: anything with logging's methods. name: the service's name. level: a name as in logging ("INFO") or
// its number; raises ValueError for another.
static mp_obj_t new_logger(mp_obj_t logger, mp_obj_t name, mp_obj_t level) {
    asvc_logger_t *self = mp_obj_malloc(asvc_logger_t, &asvc_type_service_logger);
    self->to = logger;
    self->name = name;
    self->level = asvc_log_level(level);
    return MP_OBJ_FROM_PTR(self);
}

static mp_obj_t keyword(mp_map_t *kwargs, qstr name, mp_obj_t otherwise) {
    mp_obj_t value = asvc_map_get(kwargs, MP_OBJ_NEW_QSTR(name));
    return value == MP_OBJ_NULL ? otherwise : value;
}

// "[NAME.service.CHILD] text"
static mp_obj_t prefixed(const asvc_log_owner_t *owner, mp_obj_t text) {
    if (owner->child == mp_const_none) {
        return asvc_strf("[%o.service] %o", owner->name, text);
    }
    return asvc_strf("[%o.service.%o] %o", owner->name, owner->child, text);
}

// args: the message and its arguments. A Logger of ours puts the line together without taking memory; of any
// other, the method is called.
void asvc_service_logger_log(
    asvc_logger_t *self, mp_int_t level, qstr method, size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    if (level < self->level) {
        return;
    }
    asvc_log_owner_t owner = { self->name, keyword(kwargs, MP_QSTR_cname, mp_const_none) };
    mp_obj_t exc_info = keyword(kwargs, MP_QSTR_exc_info, MP_OBJ_NULL);
    if (mp_obj_is_type(self->to, &asvc_type_logger)
        && (owner.child == mp_const_none || asvc_is_str(owner.child))) {
        mp_obj_t otherwise = method == MP_QSTR_exception ? mp_const_true : mp_const_none;
        exc_info = exc_info == MP_OBJ_NULL ? otherwise : exc_info;
        asvc_logger_log(self->to, level, &owner, n_args, args, exc_info);
        return;
    }
    mp_obj_t call[6];
    mp_load_method(self->to, method, call);
    size_t n = 2;
    if (method == MP_QSTR_log) {
        call[n++] = mp_obj_new_int(level);
    }
    call[n++] = prefixed(&owner, asvc_log_text(n_args, args));
    call[n] = MP_OBJ_NEW_QSTR(MP_QSTR_exc_info);
    call[n + 1] = exc_info;
    mp_call_method_n_kw(n - 2, exc_info == MP_OBJ_NULL ? 0 : 1, call);
}

MP_DEFINE_CONST_OBJ_TYPE(asvc_type_service_logger, MP_QSTR_ServiceLogger, MP_TYPE_FLAG_NONE, attr,
    asvc_logger_attr, locals_dict, &asvc_logger_locals);

// ---- Service.add_logger ----------------------------------------------------------------------

// The ServiceLogger class of the module that service_logger names, made for this service.
static mp_obj_t logger_from_module(mp_obj_t module, mp_obj_t log, mp_obj_t name, mp_obj_t level) {
    mp_obj_t imported = asvc_import(mp_obj_str_get_qstr(module));
    mp_obj_t args[4] = { log, name, MP_OBJ_NEW_QSTR(MP_QSTR_level), level };
    return mp_call_function_n_kw(mp_load_attr(imported, MP_QSTR_ServiceLogger), 2, 1, args);
}

static mp_obj_t service_add_logger(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_log, ARG_level, ARG_service_logger };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_log, MP_ARG_REQUIRED | MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_level, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_INFO) } },
        { MP_QSTR_service_logger, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    mp_obj_t self = args[0], log = arg[ARG_log].u_obj, own = arg[ARG_service_logger].u_obj;
    bool set_already = mp_load_attr(self, MP_QSTR_log) != mp_const_none;
    if (set_already || log == mp_const_none) {
        return mp_const_none;
    }
    mp_obj_t name = mp_load_attr(self, MP_QSTR_name);
    if (asvc_is_str(own)) {
        log = logger_from_module(own, log, name, arg[ARG_level].u_obj);
    } else if (mp_obj_is_true(own)) {
        log = new_logger(log, name, arg[ARG_level].u_obj);
    }
    mp_store_attr(self, MP_QSTR_log, log);
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_service_add_logger_obj, 1, service_add_logger);

#endif
