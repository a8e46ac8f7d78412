// The module aioctl: tasks, and what is asked of them.
//
// The contract of each function stands in docs/reference/aioctl.md and typings/aioctl.pyi.
#include <string.h>

#include "py/mpstate.h" // before py/repl.h, which wants it
#include "py/objlist.h"
#include "py/repl.h"
#include "py/runtime.h"

#include "bind/args.h"
#include "bind/clock.h"
#include "bind/control.h"
#include "bind/env.h"
#include "bind/group.h"
#include "bind/keep.h"
#include "bind/load.h"
#include "bind/log_stream.h"
#include "bind/loop.h"
#include "bind/map.h"
#include "bind/raise.h"
#include "bind/say.h"
#include "bind/schedule_loop.h"
#include "bind/state.h"
#include "bind/status.h"

// ---- names ----------------------------------------------------------------------------------

// The tasks a name or pattern means, in the order added. The name of a service stands for its main task,
// where no task is called so. A plain name that is not there is reported on stdout, as asyncmd does.
static asvc_task_t **tasks_named(mp_obj_t name, size_t *len) {
    asvc_task_t **tasks = asvc_group_match(name == mp_const_none ? MP_OBJ_NULL : name, len);
    bool is_pattern = name == mp_const_none || asvc_is_pattern(name);
    if (*len == 0 && !is_pattern) {
        asvc_entry_t *service = asvc_registry_find(name);
        tasks[0] = service == NULL ? NULL : asvc_main_task(service);
        *len = tasks[0] == NULL ? 0 : 1;
    }
    if (*len == 0 && !is_pattern) {
        vstr_t line;
        vstr_init(&line, 80);
        vstr_add_str(&line, "Task ");
        asvc_add_str(&line, name);
        vstr_add_str(&line, " not found in [");
        size_t n;
        asvc_task_t **all = asvc_group_match(MP_OBJ_NULL, &n);
        for (size_t i = 0; i < n; i++) {
            vstr_add_str(&line, i == 0 ? "" : ", ");
            asvc_add_repr(&line, all[i]->name);
        }
        ASVC_KEEP(all);
        vstr_add_char(&line, ']');
        asvc_say(&line);
        vstr_clear(&line);
    }
    return tasks;
}

// ---- adding ---------------------------------------------------------------------------------

// The record of add(coro, *args, name=None, **kwargs), not started.
static asvc_task_t *new_task(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t fun = args[0];
    mp_obj_t given = asvc_map_get(kwargs, MP_OBJ_NEW_QSTR(MP_QSTR_name));
    mp_obj_t name = given == MP_OBJ_NULL || given == mp_const_none ? asvc_function_name(fun) : given;
    asvc_get_str(name, "add: name", NULL);
    mp_obj_t *flat = m_new(mp_obj_t, n_args + 2 * kwargs->used);
    memcpy(flat, args + 1, (n_args - 1) * sizeof(mp_obj_t));
    size_t n = asvc_map_to_args(kwargs, MP_QSTR_name, flat + n_args - 1);
    return asvc_task_new(fun, name, n_args - 1, n / 2, flat);
}

static mp_obj_t aioctl_add(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    asvc_task_t *task = new_task(n_args, args, kwargs);
    // What was scheduled before it was added starts when it is due.
    bool wait = asvc_schedule_has_next(task->name) && asvc_group_find(task->name) == NULL;
    asvc_group_add(task, wait);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_add_obj, 1, aioctl_add);

static mp_obj_t aioctl_create_task(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    asvc_task_t *task = new_task(n_args, args, kwargs);
    asvc_task_prepare(task, false);
    asvc_task_start(task);
    return MP_OBJ_FROM_PTR(task);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_create_task_obj, 1, aioctl_create_task);

// ---- the table ------------------------------------------------------------------------------

static mp_obj_t aioctl_group(void) {
    return asvc_group();
}
static MP_DEFINE_CONST_FUN_OBJ_0(aioctl_group_obj, aioctl_group);

static mp_obj_t aioctl_set_group(mp_obj_t group) {
    asvc_group_set(group);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(aioctl_set_group_obj, aioctl_set_group);

static mp_obj_t aioctl_tasks(void) {
    size_t len;
    asvc_task_t **tasks = asvc_group_match(MP_OBJ_NULL, &len);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (size_t i = 0; i < len; i++) {
        if (asvc_task_goes_on(tasks[i])) {
            mp_obj_list_append(list, tasks[i]->task);
        }
    }
    ASVC_KEEP(tasks);
    return list;
}
static MP_DEFINE_CONST_FUN_OBJ_0(aioctl_tasks_obj, aioctl_tasks);

static mp_obj_t aioctl_tasks_match(mp_obj_t pattern) {
    size_t len;
    asvc_task_t **tasks = asvc_group_match(pattern, &len);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (size_t i = 0; i < len; i++) {
        mp_obj_list_append(list, tasks[i]->name);
    }
    ASVC_KEEP(tasks);
    return list;
}
static MP_DEFINE_CONST_FUN_OBJ_1(aioctl_tasks_match_obj, aioctl_tasks_match);

static mp_obj_t aioctl_delete(size_t n_args, const mp_obj_t *args) {
    for (size_t k = 0; k < n_args; k++) {
        asvc_get_str(args[k], "delete: name", NULL);
        size_t len;
        asvc_task_t **tasks = tasks_named(args[k], &len);
        for (size_t i = 0; i < len; i++) {
            asvc_control_delete(tasks[i]);
        }
        ASVC_KEEP(tasks);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(aioctl_delete_obj, 1, aioctl_delete);

// ---- starting and stopping ------------------------------------------------------------------

static mp_obj_t aioctl_start(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_one_arg(n_args, args, kwargs, MP_QSTR_name, MP_OBJ_NULL);
    asvc_get_str(name, "start: name", NULL);
    size_t len;
    asvc_task_t **tasks = tasks_named(name, &len);
    bool ok = len > 0;
    for (size_t i = 0; i < len; i++) {
        ok = asvc_control_start(tasks[i]) && ok;
    }
    ASVC_KEEP(tasks);
    return mp_obj_new_bool(ok);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_start_obj, 0, aioctl_start);

static mp_obj_t aioctl_stop(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_name, ARG_stop_sch };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_stop_sch, MP_ARG_BOOL, { .u_bool = true } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    size_t len;
    asvc_task_t **tasks = tasks_named(arg[ARG_name].u_obj, &len);
    for (size_t i = 0; i < len; i++) {
        asvc_control_stop(tasks[i], arg[ARG_stop_sch].u_bool);
    }
    ASVC_KEEP(tasks);
    return mp_obj_new_bool(len > 0 || arg[ARG_name].u_obj == mp_const_none);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_stop_obj, 0, aioctl_stop);

static mp_obj_t asyncio_call(qstr function, size_t n_args, const mp_obj_t *args) {
    mp_obj_t asyncio = mp_import_name(MP_QSTR_asyncio, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    return mp_call_function_n_kw(mp_load_attr(asyncio, function), n_args, 0, args);
}

// run(): what asyncio.run() is for one coroutine, for all tasks of the table.
static mp_obj_t aioctl_run(void) {
    size_t len;
    asvc_task_t **tasks = asvc_group_match(MP_OBJ_NULL, &len);
    for (size_t i = 0; i < len; i++) {
        if (tasks[i]->state != ASVC_WAITING) {
            asvc_control_start(tasks[i]);
        }
    }
    ASVC_KEEP(tasks);
    size_t n;
    mp_obj_t *running;
    mp_obj_t list = aioctl_tasks();
    mp_obj_get_array(list, &n, &running);
    mp_obj_t all = asyncio_call(MP_QSTR_gather, n, running);
    ASVC_KEEP(list);
    asyncio_call(MP_QSTR_run, 1, &all);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_0(aioctl_run_obj, aioctl_run);

// reset(group=True, log=False): forgets all tasks but the one that calls, so that a prompt can call it.
static mp_obj_t aioctl_reset(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_group, ARG_log };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_group, MP_ARG_BOOL, { .u_bool = true } },
        { MP_QSTR_log, MP_ARG_BOOL, { .u_bool = false } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    size_t len = 0;
    asvc_task_t **tasks = arg[ARG_group].u_bool ? asvc_group_match(MP_OBJ_NULL, &len) : NULL;
    for (size_t i = 0; i < len; i++) {
        if (!(tasks[i]->flags & ASVC_TASK_IN_STEP)) {
            asvc_control_delete(tasks[i]);
        }
    }
    ASVC_KEEP(tasks);
    if (arg[ARG_log].u_bool) {
        asvc_root()->log = mp_const_none;
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_reset_obj, 0, aioctl_reset);

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
    size_t len;
    asvc_task_t **tasks = tasks_named(arg[ARG_name].u_obj, &len);
    for (size_t i = 0; i < len; i++) {
        if (arg[ARG_debug].u_bool || asvc_root()->debug) {
            asvc_status_print_debug(tasks[i], arg[ARG_log].u_bool, indent);
        } else {
            asvc_status_print(tasks[i]);
        }
    }
    ASVC_KEEP(tasks);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_status_obj, 0, aioctl_status);

static mp_obj_t aioctl_debug(void) {
    asvc_root_t *root = asvc_root();
    root->debug = !root->debug;
    asvc_sayf("debug mode: %s", root->debug ? "True" : "False");
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_0(aioctl_debug_obj, aioctl_debug);

static mp_obj_t aioctl_result(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_one_arg(n_args, args, kwargs, MP_QSTR_name, mp_const_none);
    size_t len;
    asvc_task_t **tasks = tasks_named(name, &len);
    if (name != mp_const_none && !asvc_is_pattern(name)) {
        mp_obj_t result = len == 0 ? MP_OBJ_NULL : asvc_task_result(tasks[0]);
        return result == MP_OBJ_NULL ? mp_const_none : result;
    }
    for (size_t i = 0; i < len; i++) {
        asvc_result_print(tasks[i]);
    }
    ASVC_KEEP(tasks);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_result_obj, 0, aioctl_result);

// result_all(as_dict=False)
static mp_obj_t aioctl_result_all(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_as_dict, MP_ARG_BOOL, { .u_bool = false } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    if (!arg[0].u_bool) {
        return aioctl_result(0, NULL, (mp_map_t *)&mp_const_empty_map);
    }
    size_t len;
    asvc_task_t **tasks = asvc_group_match(MP_OBJ_NULL, &len);
    mp_obj_t all = mp_obj_new_dict(len);
    for (size_t i = 0; i < len; i++) {
        mp_obj_t result = asvc_task_result(tasks[i]);
        mp_obj_dict_store(all, tasks[i]->name, result == MP_OBJ_NULL ? mp_const_none : result);
    }
    ASVC_KEEP(tasks);
    return all;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_result_all_obj, 0, aioctl_result_all);

// traceback(name=None, rtn=False, indent="", file=None)
static mp_obj_t aioctl_traceback(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_name, ARG_rtn, ARG_indent, ARG_file };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_rtn, MP_ARG_BOOL, { .u_bool = false } },
        { MP_QSTR_indent, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_) } },
        { MP_QSTR_file, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    const char *indent = asvc_get_str(arg[ARG_indent].u_obj, "traceback: indent", NULL);
    size_t len;
    asvc_task_t **tasks = tasks_named(arg[ARG_name].u_obj, &len);
    bool any = false;
    vstr_t text;
    vstr_init(&text, 120);
    for (size_t i = 0; i < len; i++) {
        mp_obj_t result = asvc_task_result(tasks[i]);
        if (result != MP_OBJ_NULL && mp_obj_is_exception_instance(result)) {
            any = true;
            asvc_add_traceback(&text, indent, tasks[i]->name, result);
        }
    }
    ASVC_KEEP(tasks);
    if (arg[ARG_rtn].u_bool) {
        vstr_clear(&text);
        return mp_obj_new_bool(any);
    }
    if (arg[ARG_file].u_obj == mp_const_none) {
        asvc_write(text.buf, text.len);
    } else {
        asvc_stream_write(arg[ARG_file].u_obj, text.buf, text.len);
    }
    vstr_clear(&text);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_traceback_obj, 0, aioctl_traceback);

// ---- log, environment, colours --------------------------------------------------------------

static mp_obj_t aioctl_set_log(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t log = asvc_one_arg(n_args, args, kwargs, MP_QSTR_log, MP_OBJ_NULL);
    mp_obj_t cat[2];
    mp_load_method_maybe(log, MP_QSTR_cat, cat);
    if (log != mp_const_none && cat[0] == MP_OBJ_NULL) {
        asvc_raise(&mp_type_TypeError,
            "set_log: expected a stream with a method cat, as aiolog.streamlog has, got %q",
            asvc_type_name(log));
    }
    asvc_root()->log = log;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_set_log_obj, 0, aioctl_set_log);

// follow(grep="", wait=0.05): what set_log's stream makes of it.
static mp_obj_t aioctl_follow(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t log = asvc_root()->log;
    if (log == mp_const_none) {
        asvc_raise(&mp_type_RuntimeError, "follow: there is no log, call set_log(aiolog.streamlog) first");
    }
    mp_obj_t *flat = m_new(mp_obj_t, n_args + 2 * kwargs->used + 1);
    memcpy(flat, args, n_args * sizeof(mp_obj_t));
    size_t n_kw = asvc_map_to_args(kwargs, MP_QSTRnull, flat + n_args) / 2;
    return mp_call_function_n_kw(mp_load_attr(log, MP_QSTR_follow), n_args, n_kw, flat);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_follow_obj, 0, aioctl_follow);

// log(grep=""): what set_log's stream holds.
static mp_obj_t aioctl_log(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_grep, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_) } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    mp_obj_t log = asvc_root()->log;
    if (log == mp_const_none) {
        return mp_const_none;
    }
    mp_obj_t call[3];
    mp_load_method(log, MP_QSTR_cat, call);
    call[2] = arg[0].u_obj;
    return mp_call_method_n_kw(1, 0, call);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_log_obj, 0, aioctl_log);

static mp_obj_t aioctl_getenv(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    enum { ARG_var, ARG_alt, ARG_envfile, ARG_debug };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_var, MP_ARG_REQUIRED | MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_alt, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_envfile, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_debug, MP_ARG_BOOL, { .u_bool = false } },
    };
    mp_arg_val_t arg[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kwargs, MP_ARRAY_SIZE(allowed), allowed, arg);
    mp_obj_t name = arg[ARG_var].u_obj, file = arg[ARG_envfile].u_obj;
    asvc_get_str(name, "getenv: var", NULL);
    mp_obj_t value = MP_OBJ_NULL;
    if (file == mp_const_none && !arg[ARG_debug].u_bool) {
        value = asvc_env_get(name);
    } else {
        mp_obj_t path = file == mp_const_none ? mp_obj_new_str(".env", 4) : file;
        value = asvc_map_get(mp_obj_dict_get_map(asvc_env_read(path)), name);
    }
    return value == MP_OBJ_NULL ? arg[ARG_alt].u_obj : value;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_getenv_obj, 0, aioctl_getenv);

static mp_obj_t aioctl_setenv(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t env = asvc_one_arg(n_args, args, kwargs, MP_QSTR_env, MP_OBJ_NULL);
    if (!mp_obj_is_dict_or_ordereddict(env)) {
        asvc_raise(&mp_type_TypeError, "setenv: expected a dict, got %q", asvc_type_name(env));
    }
    asvc_root()->env = env;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(aioctl_setenv_obj, 0, aioctl_setenv);

// Two helpers that asyncmd's service files use for their reports.

// get_datetime(time_tuple): "2023-03-16 00:00:19"
static mp_obj_t aioctl_get_datetime(mp_obj_t time_tuple) {
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
    asvc_datetime_format(text, value[0], value[1], value[2], value[3], value[4], value[5]);
    return mp_obj_new_str(text, strlen(text));
}
static MP_DEFINE_CONST_FUN_OBJ_1(aioctl_get_datetime_obj, aioctl_get_datetime);

// tmdelta_fmt(seconds): "38 s", "00:02:31", "2 days, 00:02:31"
static mp_obj_t aioctl_tmdelta_fmt(mp_obj_t seconds) {
    int64_t value = asvc_seconds_of(seconds);
    char text[ASVC_DURATION_MAX];
    size_t len = asvc_duration_format(text, value < 0 ? 0 : (uint64_t)value);
    return mp_obj_new_str(text, len);
}
static MP_DEFINE_CONST_FUN_OBJ_1(aioctl_tmdelta_fmt_obj, aioctl_tmdelta_fmt);

static mp_obj_t aioctl_color(size_t n_args, const mp_obj_t *args) {
    if (n_args > 0) {
        asvc_color_set(args[0]);
    }
    return mp_obj_new_bool(asvc_color_on());
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(aioctl_color_obj, 0, 1, aioctl_color);

static mp_obj_t aioctl_said(void) {
    return mp_obj_new_bool(asvc_take_said());
}
static MP_DEFINE_CONST_FUN_OBJ_0(aioctl_said_obj, aioctl_said);

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

extern const mp_obj_module_t asvc_module_aioschedule;

static const mp_rom_map_elem_t aioctl_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_aioctl) },
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&asvc_state_init_obj) },
    { MP_ROM_QSTR(MP_QSTR_aiotask), MP_ROM_PTR(&asvc_aiotask_obj) },
    { MP_ROM_QSTR(MP_QSTR_add), MP_ROM_PTR(&aioctl_add_obj) },
    { MP_ROM_QSTR(MP_QSTR_create_task), MP_ROM_PTR(&aioctl_create_task_obj) },
    { MP_ROM_QSTR(MP_QSTR_run), MP_ROM_PTR(&aioctl_run_obj) },
    { MP_ROM_QSTR(MP_QSTR_reset), MP_ROM_PTR(&aioctl_reset_obj) },
    { MP_ROM_QSTR(MP_QSTR_set_group), MP_ROM_PTR(&aioctl_set_group_obj) },
    { MP_ROM_QSTR(MP_QSTR_follow), MP_ROM_PTR(&aioctl_follow_obj) },
    { MP_ROM_QSTR(MP_QSTR_tasks), MP_ROM_PTR(&aioctl_tasks_obj) },
    { MP_ROM_QSTR(MP_QSTR_tasks_match), MP_ROM_PTR(&aioctl_tasks_match_obj) },
    { MP_ROM_QSTR(MP_QSTR_group), MP_ROM_PTR(&aioctl_group_obj) },
    { MP_ROM_QSTR(MP_QSTR_delete), MP_ROM_PTR(&aioctl_delete_obj) },
    { MP_ROM_QSTR(MP_QSTR_start), MP_ROM_PTR(&aioctl_start_obj) },
    { MP_ROM_QSTR(MP_QSTR_stop), MP_ROM_PTR(&aioctl_stop_obj) },
    { MP_ROM_QSTR(MP_QSTR_status), MP_ROM_PTR(&aioctl_status_obj) },
    { MP_ROM_QSTR(MP_QSTR_debug), MP_ROM_PTR(&aioctl_debug_obj) },
    { MP_ROM_QSTR(MP_QSTR_result), MP_ROM_PTR(&aioctl_result_obj) },
    { MP_ROM_QSTR(MP_QSTR_result_all), MP_ROM_PTR(&aioctl_result_all_obj) },
    { MP_ROM_QSTR(MP_QSTR_traceback), MP_ROM_PTR(&aioctl_traceback_obj) },
    { MP_ROM_QSTR(MP_QSTR_set_log), MP_ROM_PTR(&aioctl_set_log_obj) },
    { MP_ROM_QSTR(MP_QSTR_log), MP_ROM_PTR(&aioctl_log_obj) },
    { MP_ROM_QSTR(MP_QSTR_getenv), MP_ROM_PTR(&aioctl_getenv_obj) },
    { MP_ROM_QSTR(MP_QSTR_setenv), MP_ROM_PTR(&aioctl_setenv_obj) },
    { MP_ROM_QSTR(MP_QSTR_get_datetime), MP_ROM_PTR(&aioctl_get_datetime_obj) },
    { MP_ROM_QSTR(MP_QSTR_tmdelta_fmt), MP_ROM_PTR(&aioctl_tmdelta_fmt_obj) },
    { MP_ROM_QSTR(MP_QSTR_color), MP_ROM_PTR(&aioctl_color_obj) },
    { MP_ROM_QSTR(MP_QSTR__said), MP_ROM_PTR(&aioctl_said_obj) },
    { MP_ROM_QSTR(MP_QSTR__complete), MP_ROM_PTR(&aioctl_complete_obj) },
    { MP_ROM_QSTR(MP_QSTR__cancel), MP_ROM_PTR(&aioctl_cancel_obj) },
    // asyncmd's programs reach it by this way, and ask whether it is there.
    { MP_ROM_QSTR(MP_QSTR_aioschedule), MP_ROM_PTR(&asvc_module_aioschedule) },
    { MP_ROM_QSTR(MP_QSTR__SCHEDULE), MP_ROM_TRUE },
};
static MP_DEFINE_CONST_DICT(aioctl_globals, aioctl_globals_table);

const mp_obj_module_t asvc_module_aioctl = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&aioctl_globals,
};
MP_REGISTER_MODULE(MP_QSTR_aioctl, asvc_module_aioctl);

// Called by name from MicroPython's table of modules.
void asvc_aioctl_attr(mp_obj_t module, qstr attr, mp_obj_t *dest);

// asyncmd's tools read the log under this name.
void asvc_aioctl_attr(mp_obj_t module, qstr attr, mp_obj_t *dest) {
    (void)module;
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR__AIOCTL_LOG) {
        dest[0] = asvc_root()->log;
    }
}
MP_REGISTER_MODULE_DELEGATION(asvc_module_aioctl, asvc_aioctl_attr);
