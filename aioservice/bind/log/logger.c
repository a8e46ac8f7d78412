#include "bind/log/logger.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/call.h"
#include "bind/base/clock.h"
#include "bind/base/is.h"
#include "bind/log/log_stream.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "core/config.h"

#if ASVC_LOG

// A Logger; a service's own is a ServiceLogger.
typedef struct _logger_t {
    mp_obj_base_t base;
    mp_obj_t name; // str; a service's: the service's name
    mp_obj_t
        to; // a stream, None for streamlog, which a program may replace later; a service's: another logger
    mp_int_t level;
} logger_t;

static const mp_obj_type_t type_service_logger;

// The names of the levels 0, 10, 20 ...
static const uint16_t level_names[] = { MP_QSTR_NOTSET, MP_QSTR_DEBUG, MP_QSTR_INFO, MP_QSTR_WARNING,
    MP_QSTR_ERROR, MP_QSTR_CRITICAL };

// The level's name, or "Level 25".
static void print_level(const mp_print_t *print, mp_int_t level) {
    if (level >= 0 && level <= ASVC_LEVEL_CRITICAL && level % 10 == 0) {
        mp_print_str(print, qstr_str(level_names[level / 10]));
    } else {
        mp_printf(print, "Level %d", (int)level);
    }
}

// A level given as a number or by name. Raises TypeError or ValueError that says what is expected.
static mp_int_t get_level(mp_obj_t obj) {
    if (mp_obj_is_int(obj)) {
        return mp_obj_get_int(obj);
    }
    if (!asvc_is_str(obj)) {
        asvc_raise(&mp_type_TypeError, "level: expected an int or a name such as INFO, got %t", obj);
    }
    for (size_t i = 0; i < MP_ARRAY_SIZE(level_names); i++) {
        if (mp_obj_equal(obj, MP_OBJ_NEW_QSTR(level_names[i]))) {
            return (mp_int_t)i * 10;
        }
    }
    asvc_raise(&mp_type_ValueError,
        "level: there is no \"%o\", use an int or NOTSET, DEBUG, INFO, WARNING, ERROR, CRITICAL", obj);
}

// A line's text. What goes wrong while it is formatted is the program's mistake, but seen in the
// field, where a line with a note is worth more than a service that ends.

typedef struct _entry_t {
    mp_obj_t msg;
    size_t n_args;
    const mp_obj_t *args;
    mp_obj_t exc; // or MP_OBJ_NULL
    const logger_t *owner; // the ServiceLogger that was asked for the line, or NULL
    mp_obj_t child; // its child that the line is about, or None
} entry_t;

// msg becomes str(msg) % args.
static void format_message(void *arg) {
    entry_t *entry = arg;
    mp_obj_t text = entry->msg;
    if (!asvc_is_str(text)) {
        text = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_str), text);
    }
    if (entry->n_args > 0) {
        // A lone argument needs no tuple around it (a dict, for "%(key)s", must have none) unless it is
        // a tuple itself, that is one value and not a list of them.
        bool alone = entry->n_args == 1 && !mp_obj_is_type(entry->args[0], &mp_type_tuple);
        mp_obj_t args = alone ? entry->args[0] : mp_obj_new_tuple(entry->n_args, entry->args);
        text = mp_binary_op(MP_BINARY_OP_MODULO, text, args);
    }
    entry->msg = text;
}

// msg goes on, in the next line, with the traceback of exc.
static void append_traceback(void *arg) {
    entry_t *entry = arg;
    vstr_t text;
    mp_print_t print;
    vstr_init_print(&text, 200, &print);
    asvc_addf(&text, "%n\n", entry->msg);
    mp_obj_print_exception(&print, entry->exc);
    vstr_cut_tail_bytes(&text, 1); // its last newline: the line that is logged ends in its own
    entry->msg = mp_obj_new_str_from_vstr(&text);
}

// Calls make(entry). Where that raises, what it was to change gets a note.
static void make_text(void (*make)(void *entry), entry_t *entry) {
    mp_obj_t exc = asvc_try(make, entry);
    if (exc == MP_OBJ_NULL) {
        return;
    }
    if (!asvc_is_str(entry->msg)) {
        entry->msg = asvc_strf("<%t> [not formatted: %t]", entry->msg, exc);
    } else if (!asvc_is_a(exc, &mp_type_MemoryError)) { // else there is no memory for a note either
        entry->msg = asvc_strf("%n [not formatted: %t]", entry->msg, exc);
    }
}

// msg, from now on a str with the arguments in it.
static mp_obj_t text_of(entry_t *entry) {
    if (entry->n_args > 0 || !asvc_is_str(entry->msg)) {
        make_text(format_message, entry);
    }
    return entry->msg;
}

// Writing a line.

static void write_date(void *date) {
    asvc_wall_datetime(ASVC_NOW, date);
}

// The date is a tuple of Python's. In want of memory, which is when a line matters most, a line without
// its date is better than none.
static void get_date(char date[ASVC_DATETIME_MAX]) {
    if (asvc_catch(&mp_type_MemoryError, write_date, date) != MP_OBJ_NULL) {
        strcpy(date, "0000-00-00 00:00:00");
    }
}

static void add_to_ring(void *stream, const char *text, size_t len) {
    asvc_stream_write(MP_OBJ_FROM_PTR(stream), text, len);
}

static void print_part(const mp_print_t *print, const char *before, mp_obj_t str) {
    mp_print_str(print, before);
    mp_obj_print_helper(print, str, PRINT_STR);
}

// "DATE [LOGGER] [LEVEL] [NAME.service.CHILD] TEXT"
static void print_line(
    const mp_print_t *print, const char *date, const logger_t *self, mp_int_t level, const entry_t *entry) {
    mp_print_str(print, date);
    print_part(print, " [", self->name);
    mp_print_str(print, "] [");
    print_level(print, level);
    if (entry->owner != NULL) {
        print_part(print, "] [", entry->owner->name);
        mp_print_str(print, ".service");
        if (entry->child != mp_const_none) {
            print_part(print, ".", entry->child);
        }
    }
    print_part(print, "] ", entry->msg);
    mp_print_str(print, "\n");
}

// To an AioStream in pieces, which takes no memory; to any other stream in one write.
static void write_line(const logger_t *self, mp_int_t level, const entry_t *entry) {
    char date[ASVC_DATETIME_MAX];
    get_date(date);
    mp_obj_t stream = self->to == mp_const_none ? asvc_streamlog() : self->to;
    mp_print_t print = { MP_OBJ_TO_PTR(stream), add_to_ring };
    vstr_t line;
    bool to_ring = mp_obj_is_type(stream, &asvc_type_log_stream);
    if (!to_ring) {
        vstr_init_print(&line, 80 + strlen(mp_obj_str_get_str(entry->msg)), &print);
    }
    print_line(&print, date, self, level, entry);
    if (!to_ring) {
        asvc_call_1(stream, MP_QSTR_write, mp_obj_new_str_from_vstr(&line));
    }
}

// A Logger writes the line, which takes no memory.
static void write_entry(const logger_t *self, mp_int_t level, entry_t *entry) {
    if (level < self->level) {
        return;
    }
    text_of(entry);
    if (entry->exc != MP_OBJ_NULL) {
        make_text(append_traceback, entry);
    }
    write_line(self, level, entry);
}

// A logger that is not ours writes it. exc_info: MP_OBJ_NULL where none was given.
static void hand_on(entry_t *entry, mp_int_t level, qstr method, mp_obj_t exc_info) {
    mp_obj_t call[6];
    mp_load_method(entry->owner->to, method, call);
    size_t n = 2;
    if (method == MP_QSTR_log) {
        call[n++] = mp_obj_new_int(level);
    }
    mp_obj_t name = entry->owner->name, child = entry->child, text = text_of(entry);
    call[n++] = child == mp_const_none ? asvc_strf("[%n.service] %n", name, text)
                                       : asvc_strf("[%n.service.%n] %n", name, child, text);
    call[n] = MP_OBJ_NEW_QSTR(MP_QSTR_exc_info);
    call[n + 1] = exc_info;
    mp_call_method_n_kw(n - 2, exc_info == MP_OBJ_NULL ? 0 : 1, call);
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

static mp_obj_t keyword(mp_map_t *kwargs, qstr name, mp_obj_t otherwise) {
    mp_obj_t value = asvc_map_get(kwargs, MP_OBJ_NEW_QSTR(name));
    return value == MP_OBJ_NULL ? otherwise : value;
}

// A Logger knows exc_info and no other.
static void check_keywords(mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_exc_info, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t exc_info;
    mp_arg_parse_all(0, NULL, kwargs, 1, allowed, &exc_info);
}

// ---- methods, of both loggers ---------------------------------------------------------------

// The methods that log: `log`, those of the levels 10, 20 ... 50, and `exception`.
enum { LOG, DEBUG, INFO, WARNING, ERROR, CRITICAL, EXCEPTION };
static const qstr_short_t methods[] = { MP_QSTR_log, MP_QSTR_debug, MP_QSTR_info, MP_QSTR_warning,
    MP_QSTR_error, MP_QSTR_critical, MP_QSTR_exception };

// What each of them does. args: the logger, for `log` the level, the message and its arguments.
static mp_obj_t log_at(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs, unsigned method) {
    const logger_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_int_t level = method == EXCEPTION ? ASVC_LEVEL_ERROR : (mp_int_t)method * 10;
    size_t at = 1;
    if (method == LOG) {
        level = get_level(args[at++]);
    }
    entry_t entry = { .msg = args[at], .n_args = n_args - at - 1, .args = args + at + 1 };
    mp_obj_t exc_info = keyword(kwargs, MP_QSTR_exc_info, MP_OBJ_NULL);
    if (self->base.type == &type_service_logger) {
        if (level < self->level) {
            return mp_const_none;
        }
        entry.owner = self;
        entry.child = keyword(kwargs, MP_QSTR_cname, mp_const_none);
        bool writes = entry.child == mp_const_none || asvc_is_str(entry.child);
        if (!writes || !mp_obj_is_type(self->to, &asvc_type_logger)) {
            hand_on(&entry, level, methods[method], exc_info);
            return mp_const_none;
        }
        self = MP_OBJ_TO_PTR(self->to);
    } else if (kwargs->used > 0) {
        check_keywords(kwargs);
    }
    if (exc_info == MP_OBJ_NULL) {
        exc_info = mp_obj_new_bool(method == EXCEPTION);
    }
    entry.exc = get_exception(exc_info);
    write_entry(self, level, &entry);
    return mp_const_none;
}

#define LOG_METHOD(name, method, n_args_min)                                                                 \
    static mp_obj_t logger_##name(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {                   \
        return log_at(n_args, args, kwargs, method);                                                         \
    }                                                                                                        \
    static MP_DEFINE_CONST_FUN_OBJ_KW(logger_##name##_obj, n_args_min, logger_##name)

LOG_METHOD(debug, DEBUG, 2);
LOG_METHOD(info, INFO, 2);
LOG_METHOD(warning, WARNING, 2);
LOG_METHOD(error, ERROR, 2);
LOG_METHOD(critical, CRITICAL, 2);
LOG_METHOD(exception, EXCEPTION, 2);
LOG_METHOD(log, LOG, 3); // its first argument is the level

static mp_obj_t logger_set_level(mp_obj_t self_in, mp_obj_t level) {
    logger_t *self = MP_OBJ_TO_PTR(self_in);
    self->level = get_level(level);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(logger_set_level_obj, logger_set_level);

static mp_obj_t logger_get_level(mp_obj_t self_in) {
    const logger_t *self = MP_OBJ_TO_PTR(self_in);
    return mp_obj_new_int(self->level);
}
static MP_DEFINE_CONST_FUN_OBJ_1(logger_get_level_obj, logger_get_level);

static mp_obj_t logger_is_enabled_for(mp_obj_t self_in, mp_obj_t level) {
    const logger_t *self = MP_OBJ_TO_PTR(self_in);
    return mp_obj_new_bool(get_level(level) >= self->level);
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
static MP_DEFINE_CONST_DICT(logger_locals, logger_locals_table);

#if ASVC_ASYNCMD
// getLoggerName(cname=None) of a ServiceLogger: what stands in the brackets of its lines.
static mp_obj_t logger_get_name(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    const logger_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_obj_t child = asvc_one_arg(n_args - 1, args + 1, kwargs, MP_QSTR_cname, mp_const_none);
    return asvc_strf(mp_obj_is_true(child) ? "%o.service.%o" : "%o.service", self->name, child);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(logger_get_name_obj, 1, logger_get_name);
#endif

static void logger_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    logger_t *self = MP_OBJ_TO_PTR(self_in);
    if (attr == MP_QSTR_level && dest[0] != MP_OBJ_NULL && dest[1] != MP_OBJ_NULL) {
        self->level = get_level(dest[1]);
        dest[0] = MP_OBJ_NULL; // stored
    } else if (dest[0] != MP_OBJ_NULL) {
        return; // nothing else can be stored or deleted: MicroPython raises AttributeError
    } else if (attr == MP_QSTR_name) {
        dest[0] = self->name;
    } else if (attr == MP_QSTR_level) {
        dest[0] = mp_obj_new_int(self->level);
#if ASVC_ASYNCMD
    } else if (attr == MP_QSTR_logger && self->base.type == &type_service_logger) {
        dest[0] = self->to;
    } else if (attr == MP_QSTR_getLoggerName && self->base.type == &type_service_logger) {
        dest[0] = MP_OBJ_FROM_PTR(&logger_get_name_obj);
        dest[1] = self_in;
#endif
    } else {
        dest[1] = MP_OBJ_SENTINEL; // go on in the table of methods
    }
}

static void logger_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    const logger_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<Logger %s (", mp_obj_str_get_str(self->name));
    print_level(print, self->level);
    mp_print_str(print, ")>");
}

MP_DEFINE_CONST_OBJ_TYPE(asvc_type_logger, MP_QSTR_Logger, MP_TYPE_FLAG_NONE, print, logger_print, attr,
    logger_attr, locals_dict, &logger_locals);

static MP_DEFINE_CONST_OBJ_TYPE(type_service_logger, MP_QSTR_ServiceLogger, MP_TYPE_FLAG_NONE, attr,
    logger_attr, locals_dict, &logger_locals);

static mp_obj_t new_logger(const mp_obj_type_t *type, mp_obj_t name, mp_obj_t to, mp_int_t level) {
    logger_t *self = mp_obj_malloc(logger_t, type);
    self->name = name;
    self->to = to;
    self->level = level;
    return MP_OBJ_FROM_PTR(self);
}

bool asvc_logger_lets_through(mp_obj_t logger, mp_int_t level) {
    mp_obj_t ask[3];
    if (mp_obj_is_type(logger, &asvc_type_logger)) {
        const logger_t *self = MP_OBJ_TO_PTR(logger);
        return level >= self->level;
    }
    mp_load_method_maybe(logger, MP_QSTR_isEnabledFor, ask);
    if (level >= ASVC_LEVEL_INFO || ask[0] == MP_OBJ_NULL) {
        return level >= ASVC_LEVEL_INFO;
    }
    ask[2] = MP_OBJ_NEW_SMALL_INT(level);
    return mp_obj_is_true(mp_call_method_n_kw(1, 0, ask));
}

mp_obj_t asvc_service_logger(mp_obj_t logger, mp_obj_t name, mp_obj_t level) {
    return new_logger(&type_service_logger, name, logger, get_level(level));
}

// The loggers by name.

static mp_obj_t get_loggers(void) {
    asvc_root_t *root = asvc_root();
    if (root->loggers == MP_OBJ_NULL) {
        root->loggers = mp_obj_new_dict(1);
    }
    return root->loggers;
}

static logger_t *find_or_make(mp_obj_t name) {
    mp_obj_t loggers = get_loggers();
    mp_obj_t logger = asvc_map_get(mp_obj_dict_get_map(loggers), name);
    if (logger == MP_OBJ_NULL) {
        logger = new_logger(&asvc_type_logger, name, mp_const_none, ASVC_LEVEL_INFO);
        mp_obj_dict_store(loggers, name, logger);
    }
    return MP_OBJ_TO_PTR(logger);
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
    logger_t *self = find_or_make(name);
    if (stream != mp_const_none) {
        self->to = stream;
    }
    return MP_OBJ_FROM_PTR(self);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_get_logger_obj, 0, get_logger);

#endif
