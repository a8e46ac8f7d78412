#include "bind/log/service_logger.h"

#include "py/runtime.h"

#include "bind/base/call.h"
#include "bind/base/is.h"
#include "bind/log/logger.h"
#include "core/config.h"

#if ASVC_LOG

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
        log = asvc_service_logger(log, name, arg[ARG_level].u_obj);
    }
    mp_store_attr(self, MP_QSTR_log, log);
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_service_add_logger_obj, 1, service_add_logger);

#endif
