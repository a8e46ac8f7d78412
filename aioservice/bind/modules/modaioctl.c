// The module aioctl: tasks, and what is asked of them.
//
// The contract of each function stands in docs/reference/aioctl.md and typings/aioctl.pyi.
#include "py/mpstate.h" // before py/repl.h, which wants it
#include "py/objlist.h"
#include "py/repl.h"
#include "py/runtime.h"

#include "bind/log/aioctl_log.h"
#include "bind/base/args.h"
#include "bind/modules/asyncmd.h"
#include "bind/supervise/control.h"
#include "bind/config/env.h"
#include "bind/task/group.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/service/load.h"
#include "bind/log/log_stream.h"
#include "bind/base/loop.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/task/add.h"
#include "bind/task/function.h"
#include "bind/task/make.h"
#include "bind/task/schedule.h"
#include "bind/base/state.h"
#include "bind/modules/init.h"
#include "bind/look/status.h"
#include "core/config.h"

// ---- names ----------------------------------------------------------------------------------

static mp_obj_t list_of_names(asvc_task_t **tasks) {
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        mp_obj_list_append(list, (*at)->name);
    }
    ASVC_KEEP(tasks);
    return list;
}

static void say_no_task(mp_obj_t name) {
    if (ASVC_HINTS) {
        asvc_sayf("Task %o not found in %r", name, list_of_names(asvc_group_all()));
    } else {
        asvc_sayf("Task %o not found", name);
    }
}

// The tasks a name or pattern means, in the order added. The name of a service stands for its main task,
// where no task is called so. A plain name that is not there is reported on stdout, as asyncmd does.
static asvc_task_t **tasks_named(mp_obj_t name) {
    asvc_task_t **tasks = name == mp_const_none ? asvc_group_all() : asvc_group_match(name);
    if (tasks[0] != NULL || name == mp_const_none || asvc_is_pattern(name)) {
        return tasks;
    }
    asvc_entry_t *service = asvc_registry_find(name);
    if (service != NULL) {
        tasks[0] = asvc_main_task(service);
    }
    if (tasks[0] != NULL) {
        return tasks;
    }
    if (ASVC_HINTS && service != NULL && (asvc_entry_error(service) != MP_OBJ_NULL || !service->loaded)) {
        asvc_say_status(service);
    } else {
        say_no_task(name);
    }
    return tasks;
}

// ---- adding ---------------------------------------------------------------------------------

static mp_obj_t aioctl_add(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    asvc_task_t *task = asvc_task_of_call(n_args, args, kwargs);
    // What was scheduled before it was added starts when it is due.
    bool wait = ASVC_SCHEDULE && asvc_group_find(task->name) == NULL && asvc_schedule_has_next(task->name);
    asvc_add(task, asvc_registry_parent(task, asvc_task_service(task)), wait);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_add_obj, 1, aioctl_add);

// ---- the table ------------------------------------------------------------------------------

static mp_obj_t aioctl_group(void) {
    return asvc_group();
}
static MP_DEFINE_CONST_FUN_OBJ_0(aioctl_group_obj, aioctl_group);

static MP_DEFINE_CONST_FUN_OBJ_0(aioctl_tasks_obj, asvc_group_running);

#if ASVC_COPIES
static mp_obj_t aioctl_tasks_match(mp_obj_t pattern) {
    return list_of_names(asvc_group_match(pattern));
}
static MP_DEFINE_CONST_FUN_OBJ_1(aioctl_tasks_match_obj, aioctl_tasks_match);
#endif

static mp_obj_t aioctl_delete(size_t n_args, const mp_obj_t *args) {
    for (size_t k = 0; k < n_args; k++) {
        asvc_get_str(args[k], "delete: name", NULL);
        asvc_task_t **tasks = tasks_named(args[k]);
        for (asvc_task_t **at = tasks; *at != NULL; at++) {
            asvc_control_delete(*at);
        }
        ASVC_KEEP(tasks);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(aioctl_delete_obj, 1, aioctl_delete);

// ---- starting and stopping ------------------------------------------------------------------

static mp_obj_t aioctl_start(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_arg(n_args, args, kwargs);
    asvc_get_str(name, "start: name", NULL);
    asvc_task_t **tasks = tasks_named(name);
    bool ok = tasks[0] != NULL;
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        ok = asvc_control_start(*at, true) && ok;
    }
    ASVC_KEEP(tasks);
    return mp_obj_new_bool(ok);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_start_obj, 0, aioctl_start);

// Whether it is a name of a service that has no task yet, and was to start: it is not any more.
static bool is_called_off(mp_obj_t name) {
#if ASVC_EDGES
    return asvc_control_call_off(name) && name != mp_const_none && !asvc_is_pattern(name);
#else
    (void)name;
    return false;
#endif
}

static mp_obj_t aioctl_stop(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_name, ARG_stop_sch };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_stop_sch, MP_ARG_BOOL, { .u_bool = true } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    if (is_called_off(arg[ARG_name].u_obj)) {
        return mp_const_true;
    }
    asvc_task_t **tasks = tasks_named(arg[ARG_name].u_obj);
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        asvc_control_stop(*at, arg[ARG_stop_sch].u_bool);
    }
    ASVC_KEEP(tasks);
    return mp_obj_new_bool(tasks[0] != NULL || arg[ARG_name].u_obj == mp_const_none);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_stop_obj, 0, aioctl_stop);

// ---- looking --------------------------------------------------------------------------------

static mp_obj_t aioctl_status(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_name, ARG_log, ARG_debug, ARG_indent };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_log, MP_ARG_BOOL, { .u_bool = true } },
        { MP_QSTR_debug, MP_ARG_BOOL, { .u_bool = false } },
        { MP_QSTR_indent, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    mp_obj_t given = arg[ARG_indent].u_obj;
    const char *indent = given == MP_OBJ_NULL ? "    " : asvc_get_str(given, "status: indent", NULL);
    mp_obj_t name = arg[ARG_name].u_obj;
    asvc_task_t **tasks = tasks_named(name);
    bool alone = name != mp_const_none && !asvc_is_pattern(name);
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        if (arg[ARG_debug].u_bool || asvc_root()->debug) {
            asvc_status_print_debug(*at, arg[ARG_log].u_bool, indent);
        } else {
            asvc_status_print(*at);
            if (alone && arg[ARG_log].u_bool) {
                asvc_status_print_log(*at);
            }
        }
    }
    ASVC_KEEP(tasks);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_status_obj, 0, aioctl_status);

static mp_obj_t aioctl_result(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_or_none_arg(n_args, args, kwargs);
    asvc_task_t **tasks = tasks_named(name);
    if (name != mp_const_none && !asvc_is_pattern(name)) {
        return tasks[0] == NULL ? mp_const_none : asvc_or_none(asvc_task_result(tasks[0]));
    }
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        asvc_result_print(*at);
    }
    ASVC_KEEP(tasks);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_result_obj, 0, aioctl_result);

// traceback(name=None, rtn=False, indent="", file=None)
static mp_obj_t aioctl_traceback(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_name, ARG_rtn, ARG_indent, ARG_file };
    mp_arg_val_t arg[ASVC_N_TRACEBACK_ARGS];
    mp_arg_parse_all(n_args, args, kwargs, ASVC_N_TRACEBACK_ARGS, asvc_traceback_args, arg);
    const char *indent = ASVC_ASYNCMD ? asvc_get_str(arg[ARG_indent].u_obj, "traceback: indent", NULL) : "";
    asvc_task_t **tasks = tasks_named(arg[ARG_name].u_obj);
    bool any = false;
    vstr_t text;
    vstr_init(&text, 120);
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        mp_obj_t result = asvc_task_result(*at);
        if (asvc_is_error(result)) {
            any = true;
            asvc_add_traceback(&text, indent, (*at)->name, result);
        }
    }
    ASVC_KEEP(tasks);
    if (arg[ARG_rtn].u_bool) {
        vstr_clear(&text);
        return mp_obj_new_bool(any);
    }
    if (!ASVC_ASYNCMD || arg[ARG_file].u_obj == mp_const_none) {
        asvc_write(text.buf, text.len);
    } else {
        asvc_stream_write(arg[ARG_file].u_obj, text.buf, text.len);
    }
    vstr_clear(&text);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_traceback_obj, 0, aioctl_traceback);

#if ASVC_REPL
// _complete(text), for our REPL: what the name at the end of text goes on with, "" where no name does; None
// where there are several, which are printed.
static mp_obj_t aioctl_complete(mp_obj_t text) {
    size_t len = 0;
    const char *rest = "";
#if MICROPY_HELPER_REPL
    size_t text_len;
    const char *start = asvc_get_str(text, "_complete: text", &text_len);
    len = mp_repl_autocomplete(start, text_len, MP_PYTHON_PRINTER, &rest);
#endif
    return len == (size_t)-1 ? mp_const_none : mp_obj_new_str(rest, len);
}
static MP_DEFINE_CONST_FUN_OBJ_1(aioctl_complete_obj, aioctl_complete);

// _cancel(task), for our REPL: cancels an asyncio Task, and not the supervised one that it may be awaiting.
static mp_obj_t aioctl_cancel(mp_obj_t task) {
    asvc_loop_cancel(task);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(aioctl_cancel_obj, aioctl_cancel);
#endif

extern const mp_obj_module_t asvc_module_aioschedule;

static const mp_rom_map_elem_t aioctl_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_aioctl) },
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&asvc_state_init_obj) },
    { MP_ROM_QSTR(MP_QSTR_aiotask), MP_ROM_PTR(&asvc_aiotask_obj) },
    { MP_ROM_QSTR(MP_QSTR_add), MP_ROM_PTR(&aioctl_add_obj) },
    { MP_ROM_QSTR(MP_QSTR_tasks), MP_ROM_PTR(&aioctl_tasks_obj) },
    { MP_ROM_QSTR(MP_QSTR_group), MP_ROM_PTR(&aioctl_group_obj) },
    { MP_ROM_QSTR(MP_QSTR_delete), MP_ROM_PTR(&aioctl_delete_obj) },
    { MP_ROM_QSTR(MP_QSTR_start), MP_ROM_PTR(&aioctl_start_obj) },
    { MP_ROM_QSTR(MP_QSTR_stop), MP_ROM_PTR(&aioctl_stop_obj) },
    { MP_ROM_QSTR(MP_QSTR_status), MP_ROM_PTR(&aioctl_status_obj) },
    { MP_ROM_QSTR(MP_QSTR_result), MP_ROM_PTR(&aioctl_result_obj) },
    { MP_ROM_QSTR(MP_QSTR_traceback), MP_ROM_PTR(&aioctl_traceback_obj) },
#if ASVC_COPIES
    { MP_ROM_QSTR(MP_QSTR_tasks_match), MP_ROM_PTR(&aioctl_tasks_match_obj) },
#endif
#if ASVC_STATUS_DEBUG
    { MP_ROM_QSTR(MP_QSTR_debug), MP_ROM_PTR(&asvc_debug_obj) },
#endif
#if ASVC_LOG
    { MP_ROM_QSTR(MP_QSTR_set_log), MP_ROM_PTR(&asvc_set_log_obj) },
    { MP_ROM_QSTR(MP_QSTR_log), MP_ROM_PTR(&asvc_cat_log_obj) },
    { MP_ROM_QSTR(MP_QSTR_follow), MP_ROM_PTR(&asvc_follow_obj) },
#endif
#if ASVC_CONFIG
    { MP_ROM_QSTR(MP_QSTR_getenv), MP_ROM_PTR(&asvc_getenv_obj) },
    { MP_ROM_QSTR(MP_QSTR_setenv), MP_ROM_PTR(&asvc_setenv_obj) },
#endif
#if ASVC_COLOR
    { MP_ROM_QSTR(MP_QSTR_color), MP_ROM_PTR(&asvc_color_obj) },
#endif
#if ASVC_REPL
    { MP_ROM_QSTR(MP_QSTR__said), MP_ROM_PTR(&asvc_said_obj) },
    { MP_ROM_QSTR(MP_QSTR__print), MP_ROM_PTR(&asvc_print_before_obj) },
    { MP_ROM_QSTR(MP_QSTR__complete), MP_ROM_PTR(&aioctl_complete_obj) },
    { MP_ROM_QSTR(MP_QSTR__cancel), MP_ROM_PTR(&aioctl_cancel_obj) },
#endif
#if ASVC_ASYNCMD
    { MP_ROM_QSTR(MP_QSTR_create_task), MP_ROM_PTR(&asvc_create_task_obj) },
    { MP_ROM_QSTR(MP_QSTR_run), MP_ROM_PTR(&asvc_run_obj) },
    { MP_ROM_QSTR(MP_QSTR_reset), MP_ROM_PTR(&asvc_reset_obj) },
    { MP_ROM_QSTR(MP_QSTR_set_group), MP_ROM_PTR(&asvc_set_group_obj) },
    { MP_ROM_QSTR(MP_QSTR_result_all), MP_ROM_PTR(&asvc_result_all_obj) },
    { MP_ROM_QSTR(MP_QSTR_get_datetime), MP_ROM_PTR(&asvc_get_datetime_obj) },
    { MP_ROM_QSTR(MP_QSTR_tmdelta_fmt), MP_ROM_PTR(&asvc_tmdelta_fmt_obj) },
#endif
#if ASVC_SCHEDULE
    // asyncmd's programs reach it by this way, and ask whether it is there.
    { MP_ROM_QSTR(MP_QSTR_aioschedule), MP_ROM_PTR(&asvc_module_aioschedule) },
    { MP_ROM_QSTR(MP_QSTR__SCHEDULE), MP_ROM_TRUE },
#endif
};
static MP_DEFINE_CONST_DICT(aioctl_globals, aioctl_globals_table);

const mp_obj_module_t asvc_module_aioctl = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&aioctl_globals,
};
MP_REGISTER_MODULE(MP_QSTR_aioctl, asvc_module_aioctl);
