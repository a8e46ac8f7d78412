// What programs written for asyncmd use, and others have in another way.
#include "bind/modules/asyncmd.h"

#include <string.h>

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/call.h"
#include "bind/base/clock.h"
#include "bind/supervise/control.h"
#include "bind/service/discover.h"
#include "bind/service/line.h"
#include "bind/task/add.h"
#include "bind/task/group.h"
#include "bind/task/make.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/base/state.h"
#include "bind/look/status.h"
#include "core/config.h"

#if ASVC_ASYNCMD

// ---- aioctl ---------------------------------------------------------------------------------

static mp_obj_t create_task(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    asvc_task_t *task = asvc_task_of_call(n_args, args, kwargs);
    asvc_add_unlisted(task);
    return MP_OBJ_FROM_PTR(task);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_create_task_obj, 1, create_task);

static mp_obj_t set_group(mp_obj_t group) {
    asvc_group_set(group);
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_set_group_obj, set_group);

static mp_obj_t asyncio_call(qstr function, size_t n_args, const mp_obj_t *args) {
    mp_obj_t asyncio = asvc_import(MP_QSTR_asyncio);
    return mp_call_function_n_kw(mp_load_attr(asyncio, function), n_args, 0, args);
}

// run(): what asyncio.run() is for one coroutine, for all tasks of the table.
static mp_obj_t run(void) {
    asvc_task_t **tasks = asvc_group_all();
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        if (asvc_task_state(*at) != ASVC_WAITING) {
            asvc_control_start(*at, true);
        }
    }
    ASVC_KEEP(tasks);
    size_t n;
    mp_obj_t *running;
    mp_obj_t list = asvc_group_running();
    mp_obj_get_array(list, &n, &running);
    mp_obj_t all = asyncio_call(MP_QSTR_gather, n, running);
    ASVC_KEEP(list);
    asyncio_call(MP_QSTR_run, 1, &all);
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_run_obj, run);

// reset(group=True, log=False): forgets all tasks but the one that calls, so that a prompt can call it.
static mp_obj_t reset(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_group, ARG_log };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_group, MP_ARG_BOOL, { .u_bool = true } },
        { MP_QSTR_log, MP_ARG_BOOL, { .u_bool = false } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    asvc_task_t **tasks = asvc_group_all();
    for (asvc_task_t **at = tasks; arg[ARG_group].u_bool && *at != NULL; at++) {
        if (!((*at)->flags & ASVC_TASK_IN_STEP)) {
            asvc_control_delete(*at);
        }
    }
    ASVC_KEEP(tasks);
    if (arg[ARG_log].u_bool) {
        asvc_root()->log = mp_const_none;
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_reset_obj, 0, reset);

// result_all(as_dict=False)
static mp_obj_t result_all(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    bool as_dict = mp_obj_is_true(asvc_one_arg(n_args, args, kwargs, MP_QSTR_as_dict, mp_const_false));
    asvc_task_t **tasks = asvc_group_all();
    mp_obj_t all = as_dict ? mp_obj_new_dict(0) : mp_const_none;
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        if (as_dict) {
            mp_obj_dict_store(all, (*at)->name, asvc_or_none(asvc_task_result(*at)));
        } else {
            asvc_result_print(*at);
        }
    }
    ASVC_KEEP(tasks);
    return all;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_result_all_obj, 0, result_all);

// get_datetime(time_tuple): "2023-03-16 00:00:19"
static mp_obj_t get_datetime(mp_obj_t time_tuple) {
    size_t len;
    mp_obj_t *part;
    mp_obj_get_array(time_tuple, &len, &part);
    if (len < 6) {
        asvc_raise(
            &mp_type_ValueError, "get_datetime: expected a time tuple of 6 or more, got %u", (unsigned)len);
    }
    int value[6];
    for (size_t i = 0; i < MP_ARRAY_SIZE(value); i++) {
        value[i] = (int)mp_obj_get_int(part[i]);
    }
    char text[ASVC_DATETIME_MAX];
    asvc_datetime_format(text, value);
    return mp_obj_new_str(text, strlen(text));
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_get_datetime_obj, get_datetime);

// tmdelta_fmt(seconds): "38 s", "00:02:31", "2 days, 00:02:31"
static mp_obj_t tmdelta_fmt(mp_obj_t seconds) {
    int64_t value = asvc_seconds_of(seconds);
    char text[ASVC_DURATION_MAX];
    size_t len = asvc_duration_format(text, value < 0 ? 0 : (size_t)value);
    return mp_obj_new_str(text, len);
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_tmdelta_fmt_obj, tmdelta_fmt);

extern const mp_obj_module_t asvc_module_aioctl;

// Called by name from MicroPython's table of modules.
void asvc_aioctl_attr(mp_obj_t module, qstr attr, mp_obj_t *dest);

// The log, and whether status is shown at length.
void asvc_aioctl_attr(mp_obj_t module, qstr attr, mp_obj_t *dest) {
    (void)module;
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR__AIOCTL_LOG) {
        dest[0] = asvc_root()->log;
    } else if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR__DEBUG) {
        dest[0] = mp_obj_new_bool(asvc_root()->debug);
    }
}
MP_REGISTER_MODULE_DELEGATION(asvc_module_aioctl, asvc_aioctl_attr);

// ---- aioservice -----------------------------------------------------------------------------

extern const mp_obj_module_t asvc_module_aioservice;

// Called by name from MicroPython's table of modules.
void asvc_aioservice_attr(mp_obj_t module, qstr attr, mp_obj_t *dest);

// failed_services, a dict of name -> service, and
// _SERVICES_STATUS, the services that are loaded and those that failed to.
void asvc_aioservice_attr(mp_obj_t module, qstr attr, mp_obj_t *dest) {
    (void)module;
    if (dest[0] != MP_OBJ_NULL || (attr != MP_QSTR_failed_services && attr != MP_QSTR__SERVICES_STATUS)) {
        return;
    }
    asvc_discover();
    mp_obj_t failed = mp_obj_new_dict(0);
    mp_obj_t lists[2] = { mp_obj_new_list(0, NULL), mp_obj_new_list(0, NULL) };
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        if (asvc_entry_error(entry) != MP_OBJ_NULL) {
            mp_obj_dict_store(failed, entry->name, entry->service);
            mp_obj_list_append(lists[1], entry->service);
        } else if (entry->loaded) {
            mp_obj_list_append(lists[0], entry->service);
        }
    }
    if (attr == MP_QSTR_failed_services) {
        dest[0] = failed;
        return;
    }
    mp_obj_t status = mp_obj_new_dict(2);
    mp_obj_dict_store(status, MP_OBJ_NEW_QSTR(MP_QSTR_loaded), lists[0]);
    mp_obj_dict_store(status, MP_OBJ_NEW_QSTR(MP_QSTR_failed), lists[1]);
    dest[0] = status;
}
MP_REGISTER_MODULE_DELEGATION(asvc_module_aioservice, asvc_aioservice_attr);

#endif
