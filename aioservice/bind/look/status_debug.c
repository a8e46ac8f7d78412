// aioctl.status(debug=True): a task at length, in the manner of `systemctl status`.
#include <string.h>

#include "py/objlist.h"
#include "py/runtime.h"

#include "bind/base/call.h"
#include "bind/task/group.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/service/service_class.h"
#include "bind/base/state.h"
#include "bind/look/status.h"
#include "core/config.h"

#if ASVC_STATUS_DEBUG

typedef struct {
    vstr_t line;
    const char *indent; // before what belongs to the task
} out_t;

// Starts a line "INDENT LABEL".
static vstr_t *start(out_t *out, const char *label) {
    asvc_addf(&out->line, "%s%s", out->indent, label);
    return &out->line;
}

// ---- every task -----------------------------------------------------------------------------

// "kwargs: { 'n': 2,", then one key a line below the first, then " }"
static void say_kwargs(out_t *out, mp_obj_t kwargs) {
    vstr_t *line = start(out, "┗━► kwargs: {");
    bool any = false;
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_dict_next(kwargs, &at)) != NULL) {
        mp_obj_t value = elem->value; // printing the key may change the dict
        if (any) {
            vstr_add_char(line, ',');
            asvc_say(line);
            start(out, "             "); // as wide as the label
        }
        asvc_addf(line, " %r: %r", elem->key, value);
        any = true;
    }
    vstr_add_str(line, any ? " }" : "}");
    asvc_say(line);
    ASVC_KEEP(kwargs);
}

static void say_traceback(out_t *out, mp_obj_t exc) {
    mp_obj_t under = asvc_strf("%s               ", out->indent); // as wide as the label
    vstr_t *line = start(out, "┗━► traceback: ");
    asvc_add_exception_lines(line, mp_obj_str_get_str(under), exc);
    vstr_cut_tail_bytes(line, 1);
    asvc_say(line);
}

static void say_task(out_t *out, asvc_task_t *task) {
    asvc_sayf("%sTask: %r", out->indent, MP_OBJ_FROM_PTR(task));
    asvc_status_print_waits(task, out->indent);
    asvc_sayf("%s┗━► args: %r", out->indent, asvc_task_args(task));
    say_kwargs(out, asvc_task_kwargs(task));
    mp_obj_t result = asvc_task_result(task);
    if (asvc_is_error(result)) {
        say_traceback(out, result);
    }
}

// ---- a service ------------------------------------------------------------------------------

// "LABEL VALUE" of an attribute; nothing where it is empty.
static void say_attr(out_t *out, const char *label, mp_obj_t service, qstr attr) {
    mp_obj_t value = asvc_service_attr_quiet(service, attr);
    if (asvc_is_true(value)) {
        asvc_sayf("%s%s%o", out->indent, label, value);
    }
}

typedef struct {
    const char *indent;
    mp_obj_t method[2];
} show_t;

static void call_show(void *arg) {
    show_t *show = arg;
    mp_obj_t *part;
    mp_obj_t shown = mp_call_method_n_kw(0, 0, show->method);
    mp_obj_get_array_fixed_n(shown, 2, &part);
    asvc_sayf("%s%o:  %n", show->indent, part[0], part[1]); // laid out by the service itself
    ASVC_KEEP(shown);
}

// "TITLE:  TEXT" of show(), where the service has one
static void say_show(out_t *out, mp_obj_t service) {
    show_t show = { .indent = out->indent };
    mp_load_method_maybe(service, MP_QSTR_show, show.method);
    mp_obj_t exc = show.method[0] == MP_OBJ_NULL ? MP_OBJ_NULL : asvc_try(call_show, &show);
    if (exc != MP_OBJ_NULL) {
        asvc_sayf("%sshow() failed: %x", out->indent, exc);
    }
}

static void say_service(out_t *out, asvc_task_t *task) {
    mp_obj_t service = asvc_task_service(task);
    vstr_t *line = &out->line;
    asvc_add_dot(line, task);
    mp_obj_t info = asvc_service_attr_quiet(service, MP_QSTR_info);
    asvc_addf(line, asvc_is_true(info) ? " %o - %o" : " %o", task->name, info);
    asvc_say(line);
    asvc_sayf("%sLoaded: %o", out->indent, service);
    start(out, asvc_task_is_live(task) ? "Active: (active) " : "Active: status: ");
    asvc_add_state(line, task);
    asvc_add_times(line, task);
    asvc_say(line);
    say_attr(out, "Type: ", service, MP_QSTR_type);
    say_attr(out, "Docs: ", service, MP_QSTR_docs);
    say_show(out, service);
}

// The children of the service whose main task this is; *len of them.
static asvc_task_t **children_of(asvc_task_t *main, size_t *len) {
    const asvc_manager_t *m = &asvc_root()->manager;
    asvc_id_t of = asvc_manager_parent(m, main->id);
    asvc_id_t parent = of == ASVC_NO_ID ? main->id : of;
    asvc_task_t **tasks = asvc_group_all();
    *len = 0;
    for (asvc_task_t **at = tasks; *at != NULL; at++) {
        asvc_id_t id = (*at)->id;
        if (id != ASVC_NO_ID && !asvc_task_is_main(*at) && asvc_manager_parent(m, id) == parent) {
            tasks[(*len)++] = *at;
        }
    }
    return tasks;
}

static void say_children(out_t *out, asvc_task_t *task) {
    size_t len;
    asvc_task_t **children = children_of(task, &len);
    if (len > 0) {
        asvc_sayf("%sCTasks: %u", out->indent, (unsigned)len);
    }
    for (size_t i = 0; i < len; i++) {
        asvc_add_status_line(start(out, "    ┗━► "), children[i]);
        asvc_say(&out->line);
    }
    ASVC_KEEP(children);
}

void asvc_status_print_debug(asvc_task_t *task, bool with_log, const char *indent) {
    out_t out;
    out.indent = indent;
    vstr_init(&out.line, 120);
    if (asvc_task_is_main(task) && task->id != ASVC_NO_ID) {
        say_service(&out, task);
        say_children(&out, task);
    } else {
        asvc_add_status_line(&out.line, task);
        asvc_say(&out.line);
    }
    say_task(&out, task);
    vstr_clear(&out.line);
    mp_obj_t log = asvc_root()->log;
    if (ASVC_LOG && with_log && log != mp_const_none) {
        asvc_call_1(log, MP_QSTR_cat, asvc_status_greps(task));
    }
}

static mp_obj_t toggle_debug(void) {
    asvc_root_t *root = asvc_root();
    root->debug = !root->debug;
    asvc_sayf("debug mode: %s", root->debug ? "True" : "False");
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_debug_obj, toggle_debug);

#endif
