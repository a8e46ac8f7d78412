// The module aioschedule: what runs when.
//
// The contract of each function stands in docs/reference/aioschedule.md and typings/aioschedule.pyi.
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/task/group.h"
#include "bind/base/keep.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/base/say.h"
#include "bind/supervise/schedule_loop.h"
#include "bind/task/function.h"
#include "bind/task/schedule.h"
#include "bind/modules/init.h"
#include "bind/look/status.h"
#include "bind/supervise/watcher_loop.h"
#include "core/config.h"

#if ASVC_SCHEDULE

enum { ARG_name, ARG_start_in, ARG_repeat };
static const mp_arg_t allowed_options[] = {
    { MP_QSTR_name, MP_ARG_REQUIRED | MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
    { MP_QSTR_start_in, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    { MP_QSTR_repeat, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } },
};

// {"start_in": ..., "repeat": ...}
static mp_obj_t new_options(mp_obj_t start_in, mp_obj_t repeat) {
    mp_obj_t options = mp_obj_new_dict(2);
    if (start_in != mp_const_none) {
        mp_obj_dict_store(options, MP_OBJ_NEW_QSTR(MP_QSTR_start_in), start_in);
    }
    mp_obj_dict_store(options, MP_OBJ_NEW_QSTR(MP_QSTR_repeat), repeat);
    return options;
}

// The task's name that is meant: that of a service stands for its main task, unless a task is called so.
static mp_obj_t task_name(mp_obj_t name, const char *what) {
    asvc_get_str(name, what, NULL);
    asvc_entry_t *service = asvc_group_find(name) == NULL ? asvc_registry_find(name) : NULL;
    return service == NULL ? name : service->task_name;
}

// schedule(name, *, start_in=None, repeat=False)
static mp_obj_t aioschedule_schedule(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed_options)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed_options), allowed_options, arg);
    mp_obj_t name = task_name(arg[ARG_name].u_obj, "schedule: name");
    asvc_schedule_set(name, new_options(arg[ARG_start_in].u_obj, arg[ARG_repeat].u_obj));
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioschedule_schedule_obj, 0, aioschedule_schedule);

// schedule_task(*, start_in=None, repeat=False): the decorator, which knows the options.
typedef struct {
    mp_obj_base_t base;
    mp_obj_t options;
} decorator_t;

static mp_obj_t decorator_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    decorator_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t name = asvc_function_name(args[0]);
    asvc_get_str(name, "schedule_task: name of the function", NULL);
    asvc_schedule_set(name, self->options);
    return args[0];
}

static MP_DEFINE_CONST_OBJ_TYPE(
    type_decorator, MP_QSTR_schedule_task, MP_TYPE_FLAG_NONE, call, decorator_call);

static mp_obj_t aioschedule_schedule_task(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    const mp_arg_t *allowed = allowed_options + 1; // without the name: that is the function's
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed_options) - 1];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(arg), allowed, arg);
    decorator_t *self = mp_obj_malloc(decorator_t, &type_decorator);
    self->options = new_options(arg[ARG_start_in - 1].u_obj, arg[ARG_repeat - 1].u_obj);
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioschedule_schedule_task_obj, 0, aioschedule_schedule_task);

static mp_obj_t aioschedule_unschedule(mp_obj_t name) {
    return mp_obj_new_bool(asvc_schedule_remove_name(task_name(name, "unschedule: name")) != MP_OBJ_NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_1(aioschedule_unschedule_obj, aioschedule_unschedule);

static mp_obj_t aioschedule_group(void) {
    return asvc_schedule_group();
}
static MP_DEFINE_CONST_FUN_OBJ_0(aioschedule_group_obj, aioschedule_group);

// status_sc(name=None, debug=False)
static mp_obj_t aioschedule_status_sc(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_name, ARG_debug };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_debug, MP_ARG_BOOL, { .u_bool = false } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    mp_obj_t name = arg[ARG_name].u_obj;
    if (name != mp_const_none) {
        name = task_name(name, "status_sc: name");
    }
    asvc_task_t **tasks = name == mp_const_none ? asvc_group_all() : asvc_group_match(name);
    bool any = false;
    bool several = name == mp_const_none || (tasks[0] != NULL && tasks[1] != NULL);
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        mp_obj_t options = asvc_schedule_options((*at)->name);
        if (options == MP_OBJ_NULL) {
            continue;
        }
        any = true;
        // Where several are shown, each says which it is.
        (several ? asvc_status_print : asvc_schedule_print)(*at);
        if (arg[ARG_debug].u_bool) {
            asvc_sayf("    ┗━► schedule opts: %o", options);
        }
    }
    ASVC_KEEP(tasks);
    if (!any && name != mp_const_none && !asvc_is_pattern(name)) {
        bool scheduled = asvc_schedule_options(name) != MP_OBJ_NULL;
        asvc_sayf(scheduled ? "Task %o is in the schedule, but there is no such task yet"
                            : "Task %o is not in the schedule",
            name);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioschedule_status_sc_obj, 0, aioschedule_status_sc);

// reset(group=True): takes all tasks out of the schedule.
static mp_obj_t aioschedule_reset(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    if (mp_obj_is_true(asvc_one_arg(n_args, args, kwargs, MP_QSTR_group, mp_const_true))) {
        asvc_schedule_clear();
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioschedule_reset_obj, 0, aioschedule_reset);

static const mp_rom_map_elem_t aioschedule_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_aioschedule) },
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&asvc_state_init_obj) },
    { MP_ROM_QSTR(MP_QSTR_schedule), MP_ROM_PTR(&aioschedule_schedule_obj) },
    { MP_ROM_QSTR(MP_QSTR_schedule_task), MP_ROM_PTR(&aioschedule_schedule_task_obj) },
    { MP_ROM_QSTR(MP_QSTR_unschedule), MP_ROM_PTR(&aioschedule_unschedule_obj) },
    { MP_ROM_QSTR(MP_QSTR_group), MP_ROM_PTR(&aioschedule_group_obj) },
    { MP_ROM_QSTR(MP_QSTR_schedule_loop), MP_ROM_PTR(&asvc_type_schedule_loop) },
    { MP_ROM_QSTR(MP_QSTR_watcher_loop), MP_ROM_PTR(&asvc_type_watcher_loop) },
    { MP_ROM_QSTR(MP_QSTR_status_sc), MP_ROM_PTR(&aioschedule_status_sc_obj) },
#if ASVC_ASYNCMD
    { MP_ROM_QSTR(MP_QSTR_status_sc_all), MP_ROM_PTR(&aioschedule_status_sc_obj) }, // of all, without a name
#endif
    { MP_ROM_QSTR(MP_QSTR_reset), MP_ROM_PTR(&aioschedule_reset_obj) },
};
static MP_DEFINE_CONST_DICT(aioschedule_globals, aioschedule_globals_table);

const mp_obj_module_t asvc_module_aioschedule = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&aioschedule_globals,
};
MP_REGISTER_MODULE(MP_QSTR_aioschedule, asvc_module_aioschedule);

// Called by name from MicroPython's table of modules.
void asvc_aioschedule_attr(mp_obj_t module, qstr attr, mp_obj_t *dest);

// Names that asyncmd's tools look into.
void asvc_aioschedule_attr(mp_obj_t module, qstr attr, mp_obj_t *dest) {
    (void)module;
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR__AIOCTL_SCHEDULE_T0) {
        dest[0] = mp_obj_new_int_from_ll(asvc_schedule_t0_s());
    } else if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR__AIOCTL_SCHEDULE_GROUP) {
        dest[0] = asvc_schedule_group();
    }
}
MP_REGISTER_MODULE_DELEGATION(asvc_module_aioschedule, asvc_aioschedule_attr);

#endif
