#include "bind/logger.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/call.h"
#include "bind/clock.h"
#include "bind/is.h"
#include "bind/log_stream.h"
#include "bind/raise.h"
#include "bind/say.h"
#include "bind/service_logger.h"
#include "bind/state.h"
#include "core/config.h"

#if ASVC_LOG

// Levels by name.

static const struct {
    mp_int_t value;
    const char *name;
} levels[] = {
    { ASVC_LEVEL_NOTSET, "NOTSET" },
    { ASVC_LEVEL_DEBUG, "DEBUG" },
    { ASVC_LEVEL_INFO, "INFO" },
    { ASVC_LEVEL_WARNING, "WARNING" },
    { ASVC_LEVEL_ERROR, "ERROR" },
    { ASVC_LEVEL_CRITICAL, "CRITICAL" },
};

enum { LEVEL_TEXT_MAX = sizeof("Level -2147483648") };

// The level's name, or "Level 25" put into buf.
static const char *level_text(mp_int_t level, char buf[LEVEL_TEXT_MAX]) {
    for (size_t i = 0; i < MP_ARRAY_SIZE(levels); i++) {
        if (levels[i].value == level) {
            return levels[i].name;
        }
    }
    vstr_t text;
    vstr_init_fixed_buf(&text, LEVEL_TEXT_MAX, buf);
    asvc_addf(&text, "Level %d", (int)level);
    return vstr_null_terminated_str(&text);
}

mp_int_t asvc_log_level(mp_obj_t obj) {
    if (mp_obj_is_int(obj)) {
        return mp_obj_get_int(obj);
    }
    if (!asvc_is_str(obj)) {
        asvc_raise(&mp_type_TypeError, "level: expected an int or a name such as INFO, got %t", obj);
    }
    const char *text = mp_obj_str_get_str(obj);
    for (size_t i = 0; i < MP_ARRAY_SIZE(levels); i++) {
        if (strcmp(levels[i].name, text) == 0) {
            return levels[i].value;
        }
    }
    asvc_raise(&mp_type_ValueError,
        "level: there is no \"%s\", use an int or NOTSET, DEBUG, INFO, WARNING, ERROR, CRITICAL", text);
}

// A line's text. What goes wrong while it is formatted is the program's mistake, but seen in the
// field, where a line with a note is worth more than a service that ends.

typedef struct _entry_t {
    mp_obj_t msg;
    size_t n_args;
    const mp_obj_t *args;
    mp_obj_t exc; // or MP_OBJ_NULL
    const asvc_log_owner_t *owner; // or NULL
} entry_t;

// str(msg) % args, as str.
static mp_obj_t format_message(const entry_t *entry) {
    mp_obj_t text = entry->msg;
    if (!asvc_is_str(text)) {
        text = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_str), text);
    }
    if (entry->n_args == 0) {
        return text;
    }
    // A lone argument needs no tuple around it (a dict, for "%(key)s", must have none) unless it is
    // a tuple itself, that is one value and not a list of them.
    bool alone = entry->n_args == 1 && !mp_obj_is_type(entry->args[0], &mp_type_tuple);
    mp_obj_t args = alone ? entry->args[0] : mp_obj_new_tuple(entry->n_args, entry->args);
    return mp_binary_op(MP_BINARY_OP_MODULO, text, args);
}

// msg, and from the next line on the traceback of exc.
static mp_obj_t append_traceback(const entry_t *entry) {
    vstr_t text;
    mp_print_t print;
    vstr_init_print(&text, 200, &print);
    asvc_addf(&text, "%o\n", entry->msg);
    mp_obj_print_exception(&print, entry->exc);
    vstr_cut_tail_bytes(&text, 1); // its last newline: the line that is logged ends in its own
    return mp_obj_new_str_from_vstr(&text);
}

// make(entry), or what it was to be made of and a note, where it raises.
static mp_obj_t make_text(mp_obj_t (*make)(const entry_t *), const entry_t *entry) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_obj_t text = make(entry);
        nlr_pop();
        return text;
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr.ret_val);
    asvc_raise_unless_exception(exc);
    if (asvc_is_str(entry->msg) && asvc_is_a(exc, &mp_type_MemoryError)) {
        return entry->msg; // there is no memory for a note either
    }
    const char *fmt = asvc_is_str(entry->msg) ? "%o [not formatted: %t]" : "<%t> [not formatted: %t]";
    return asvc_strf(fmt, entry->msg, exc);
}

mp_obj_t asvc_log_text(size_t n_args, const mp_obj_t *args) {
    entry_t entry = { args[0], n_args - 1, args + 1, MP_OBJ_NULL, NULL };
    return n_args == 1 && asvc_is_str(args[0]) ? args[0] : make_text(format_message, &entry);
}

// Writing a line.

typedef struct _part_t {
    const char *text;
    size_t len;
} part_t;

static part_t part_of(const char *text) {
    return (part_t){ text, strlen(text) };
}

static part_t part_of_str(mp_obj_t str) {
    part_t part;
    part.text = mp_obj_str_get_data(str, &part.len);
    return part;
}

// The date is a tuple of Python's. In want of memory, which is when a line matters most, a line without
// its date is better than none.
static void get_date(char date[ASVC_DATETIME_MAX]) {
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        asvc_wall_datetime(ASVC_NOW, date);
        nlr_pop();
    } else if (asvc_is_a(MP_OBJ_FROM_PTR(nlr.ret_val), &mp_type_MemoryError)) {
        strcpy(date, "0000-00-00 00:00:00");
    } else {
        nlr_jump(nlr.ret_val);
    }
}

// To an AioStream in pieces, which takes no memory; to any other stream in one write.
static void write_parts(mp_obj_t stream, const part_t *parts, size_t n) {
    if (mp_obj_is_type(stream, &asvc_type_log_stream)) {
        for (size_t i = 0; i < n; i++) {
            asvc_stream_write(stream, parts[i].text, parts[i].len);
        }
        return;
    }
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        len += parts[i].len;
    }
    vstr_t line;
    vstr_init(&line, len + 1); // its NUL
    for (size_t i = 0; i < n; i++) {
        vstr_add_strn(&line, parts[i].text, parts[i].len);
    }
    asvc_call_1(stream, MP_QSTR_write, mp_obj_new_str_from_vstr(&line));
}

// "[NAME.service.CHILD] " as parts; answers how many.
static size_t put_owner(const asvc_log_owner_t *owner, part_t *parts) {
    size_t n = 0;
    if (owner != NULL) {
        parts[n++] = part_of("[");
        parts[n++] = part_of_str(owner->name);
        parts[n++] = part_of(".service");
        if (owner->child != mp_const_none) {
            parts[n++] = part_of(".");
            parts[n++] = part_of_str(owner->child);
        }
        parts[n++] = part_of("] ");
    }
    return n;
}

static void write_line(
    const asvc_logger_t *self, mp_int_t level, const asvc_log_owner_t *owner, mp_obj_t text) {
    char date[ASVC_DATETIME_MAX];
    get_date(date);
    char level_buf[LEVEL_TEXT_MAX];
    part_t parts[14] = { part_of(date), part_of(" ["), part_of_str(self->name), part_of("] ["),
        part_of(level_text(level, level_buf)), part_of("] ") };
    size_t n = 6;
    n += put_owner(owner, parts + n);
    parts[n++] = part_of_str(text);
    parts[n++] = part_of("\n");
    write_parts(self->to == mp_const_none ? asvc_streamlog() : self->to, parts, n);
}

static void log_entry(mp_obj_t self_in, mp_int_t level, entry_t *entry) {
    const asvc_logger_t *self = MP_OBJ_TO_PTR(self_in);
    if (level < self->level) {
        return;
    }
    mp_obj_t text = entry->msg;
    if (entry->n_args > 0 || !asvc_is_str(text)) {
        text = make_text(format_message, entry);
    }
    if (entry->exc != MP_OBJ_NULL) {
        entry->msg = text;
        text = make_text(append_traceback, entry);
    }
    write_line(self, level, entry->owner, text);
}

// The exception that exc_info means: itself, or for any other true value the one being handled.
static mp_obj_t get_exception(mp_obj_t exc_info) {
    if (mp_obj_is_exception_instance(exc_info)) {
        return exc_info;
    }
#if MICROPY_PY_SYS_EXC_INFO
    if (mp_obj_is_true(exc_info)) {
        return MP_OBJ_FROM_PTR(MP_STATE_VM(cur_exception)); // NULL, as MP_OBJ_NULL, where there is none
    }
#endif
    return MP_OBJ_NULL;
}

void asvc_logger_log(mp_obj_t logger, mp_int_t level, const asvc_log_owner_t *owner, size_t n_args,
    const mp_obj_t *args, mp_obj_t exc_info) {
    entry_t entry = { args[0], n_args - 1, args + 1, get_exception(exc_info), owner };
    log_entry(logger, level, &entry);
}

// What each method does. args: the message and its arguments.
static mp_obj_t log_at(
    mp_obj_t self_in, mp_int_t level, qstr method, size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    asvc_logger_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->base.type == &asvc_type_service_logger) {
        asvc_service_logger_log(self, level, method, n_args, args, kwargs);
        return mp_const_none;
    }
    static const mp_arg_t allowed[] = {
        { MP_QSTR_exc_info, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t exc_info;
    mp_arg_parse_all(0, NULL, kwargs, 1, allowed, &exc_info);
    bool by_default = method == MP_QSTR_exception && kwargs->used == 0;
    asvc_logger_log(self_in, level, NULL, n_args, args, by_default ? mp_const_true : exc_info.u_obj);
    return mp_const_none;
}

// ---- methods, of both loggers ---------------------------------------------------------------

#define LOG_METHOD(method, level)                                                                            \
    static mp_obj_t logger_##method(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {                 \
        return log_at(args[0], level, MP_QSTR_##method, n_args - 1, args + 1, kwargs);                       \
    }                                                                                                        \
    static MP_DEFINE_CONST_FUN_OBJ_KW(logger_##method##_obj, 2, logger_##method)

LOG_METHOD(debug, ASVC_LEVEL_DEBUG);
LOG_METHOD(info, ASVC_LEVEL_INFO);
LOG_METHOD(warning, ASVC_LEVEL_WARNING);
LOG_METHOD(error, ASVC_LEVEL_ERROR);
LOG_METHOD(critical, ASVC_LEVEL_CRITICAL);
LOG_METHOD(exception, ASVC_LEVEL_ERROR);

static mp_obj_t logger_log(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return log_at(args[0], asvc_log_level(args[1]), MP_QSTR_log, n_args - 2, args + 2, kwargs);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(logger_log_obj, 3, logger_log);

static mp_obj_t logger_set_level(mp_obj_t self_in, mp_obj_t level) {
    asvc_logger_t *self = MP_OBJ_TO_PTR(self_in);
    self->level = asvc_log_level(level);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(logger_set_level_obj, logger_set_level);

static mp_obj_t logger_get_level(mp_obj_t self_in) {
    const asvc_logger_t *self = MP_OBJ_TO_PTR(self_in);
    return mp_obj_new_int(self->level);
}
static MP_DEFINE_CONST_FUN_OBJ_1(logger_get_level_obj, logger_get_level);

static mp_obj_t logger_is_enabled_for(mp_obj_t self_in, mp_obj_t level) {
    const asvc_logger_t *self = MP_OBJ_TO_PTR(self_in);
    return mp_obj_new_bool(asvc_log_level(level) >= self->level);
}
static MP_DEFINE_CONST_FUN_OBJ_2(logger_is_enabled_for_obj, logger_is_enabled_for);

static const mp_rom_map_elem_t logger_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_debug), MP_ROM_PTR(&logger_debug_obj) },
    { MP_ROM_QSTR(MP_QSTR_info), MP_ROM_PTR(&logger_info_obj) },
    { MP_ROM_QSTR(MP_QSTR_warning), MP_ROM_PTR(&logger_warning_obj) },
    { MP_ROM_QSTR(MP_QSTR_error), MP_ROM_PTR(&logger_error_obj) },
    { MP_ROM_QSTR(MP_QSTR_critical), MP_ROM_PTR(&logger_critical_obj) },
    { MP_ROM_QSTR(MP_QSTR_exception), MP_ROM_PTR(&logger_exception_obj) },
    { MP_ROM_QSTR(MP_QSTR_log), MP_ROM_PTR(&logger_log_obj) },
    { MP_ROM_QSTR(MP_QSTR_setLevel), MP_ROM_PTR(&logger_set_level_obj) },
    { MP_ROM_QSTR(MP_QSTR_getEffectiveLevel), MP_ROM_PTR(&logger_get_level_obj) },
    { MP_ROM_QSTR(MP_QSTR_isEnabledFor), MP_ROM_PTR(&logger_is_enabled_for_obj) },
};
MP_DEFINE_CONST_DICT(asvc_logger_locals, logger_locals_table);

void asvc_logger_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    asvc_logger_t *self = MP_OBJ_TO_PTR(self_in);
    if (attr == MP_QSTR_level && dest[0] != MP_OBJ_NULL && dest[1] != MP_OBJ_NULL) {
        self->level = asvc_log_level(dest[1]);
        dest[0] = MP_OBJ_NULL; // stored
    } else if (dest[0] != MP_OBJ_NULL) {
        return; // nothing else can be stored or deleted: MicroPython raises AttributeError
    } else if (attr == MP_QSTR_name) {
        dest[0] = self->name;
    } else if (attr == MP_QSTR_level) {
        dest[0] = mp_obj_new_int(self->level);
    } else {
        dest[1] = MP_OBJ_SENTINEL; // go on in the table of methods
    }
}

static void logger_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    const asvc_logger_t *self = MP_OBJ_TO_PTR(self_in);
    char level_buf[LEVEL_TEXT_MAX];
    mp_printf(print, "<Logger %s (%s)>", mp_obj_str_get_str(self->name), level_text(self->level, level_buf));
}

MP_DEFINE_CONST_OBJ_TYPE(asvc_type_logger, MP_QSTR_Logger, MP_TYPE_FLAG_NONE, print, logger_print, attr,
    asvc_logger_attr, locals_dict, &asvc_logger_locals);

// The loggers by name.

static mp_obj_t get_loggers(void) {
    asvc_root_t *root = asvc_root();
    if (root->loggers == MP_OBJ_NULL) {
        root->loggers = mp_obj_new_dict(1);
    }
    return root->loggers;
}

static asvc_logger_t *find_or_make(mp_obj_t name) {
    mp_obj_t loggers = get_loggers();
    mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(loggers), name, MP_MAP_LOOKUP);
    if (elem != NULL) {
        return MP_OBJ_TO_PTR(elem->value);
    }
    asvc_logger_t *self = mp_obj_malloc(asvc_logger_t, &asvc_type_logger);
    self->name = name;
    self->to = mp_const_none;
    self->level = ASVC_LEVEL_INFO;
    mp_obj_dict_store(loggers, name, MP_OBJ_FROM_PTR(self));
    return self;
}

static mp_obj_t get_logger(size_t n_args, const mp_obj_t *args, mp_map_t *kw_args) {
    enum { ARG_name, ARG_stream };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_root) } },
        { MP_QSTR_stream, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t value[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, kw_args, MP_ARRAY_SIZE(allowed), allowed, value);
    mp_obj_t name = value[ARG_name].u_obj;
    if (name == mp_const_none) { // as logging.getLogger() takes it
        name = MP_OBJ_NEW_QSTR(MP_QSTR_root);
    }
    asvc_get_str(name, "getLogger: name", NULL);
    mp_obj_t stream = value[ARG_stream].u_obj;
    if (stream != mp_const_none) {
        asvc_stream_check(stream, "getLogger: stream");
    }
    asvc_logger_t *self = find_or_make(name);
    if (stream != mp_const_none) {
        self->to = stream;
    }
    return MP_OBJ_FROM_PTR(self);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_get_logger_obj, 0, get_logger);

#endif
