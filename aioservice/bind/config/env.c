#include "bind/config/env.h"

#include <string.h>

#include "py/cstack.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/file.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/base/state.h"
#include "core/config.h"

#if ASVC_CONFIG

static const MP_DEFINE_STR_OBJ(env_file, ".env");

// A piece of a text: the bytes from `at` up to `end`.
typedef struct _span_t {
    const char *at;
    const char *end;
} span_t;

static size_t span_len(span_t span) {
    return (size_t)(span.end - span.at);
}

static mp_obj_t span_str(span_t span) {
    return mp_obj_new_str(span.at, span_len(span));
}

// ---- ${NAME} --------------------------------------------------------------------------------

// The first "${NAME}" of text, braces included. False where there is none.
static bool find_variable(span_t text, span_t *variable) {
    for (const char *at = text.at; text.end - at >= 3; at++) {
        if (at[0] == '$' && at[1] == '{') {
            const char *close = memchr(at + 2, '}', (size_t)(text.end - at - 2));
            if (close == NULL) {
                return false;
            }
            *variable = (span_t){ at, close + 1 };
            return true;
        }
    }
    return false;
}

static bool is_name(span_t name) {
    for (const char *at = name.at; at < name.end; at++) {
        unsigned char c = (unsigned char)*at;
        if (!unichar_isalpha(c) && !unichar_isdigit(c) && c != '_' && c != '.' && c != '-') {
            return false;
        }
    }
    return name.at < name.end;
}

// What stands for "NAME" or "NAME:-TEXT"; MP_OBJ_NULL where nothing does.
static mp_obj_t value_of(mp_obj_t env, span_t name, mp_obj_t *undefined) {
    mp_obj_t otherwise = MP_OBJ_NULL;
    for (const char *at = name.at; name.end - at >= 2; at++) {
        if (at[0] == ':' && at[1] == '-') {
            otherwise = span_str((span_t){ at + 2, name.end });
            name.end = at;
            break;
        }
    }
    mp_obj_t value = asvc_map_get(mp_obj_dict_get_map(env), span_str(name));
    if (otherwise != MP_OBJ_NULL && is_name(name) && !asvc_is_true(value)) {
        value = otherwise;
    }
    if (value == MP_OBJ_NULL && undefined != NULL && is_name(name)) {
        *undefined = span_str(name);
    }
    return value;
}

// A new str, or MP_OBJ_NULL where nothing is to be replaced.
static mp_obj_t replace_variables(mp_obj_t env, span_t text, mp_obj_t *undefined) {
    vstr_t out;
    bool replaced = false;
    const char *copied = text.at; // up to here `out` has it all
    span_t rest = text, variable;
    while (find_variable(rest, &variable)) {
        mp_obj_t value = value_of(env, (span_t){ variable.at + 2, variable.end - 1 }, undefined);
        if (value == MP_OBJ_NULL) {
            // Not past the brace: in "${a ${NAME}" a defined one follows.
            rest.at = variable.at + 2;
            continue;
        }
        if (!replaced) {
            vstr_init(&out, span_len(text) + 16);
            replaced = true;
        }
        vstr_add_strn(&out, copied, (size_t)(variable.at - copied));
        asvc_add_str(&out, value);
        copied = rest.at = variable.end;
    }
    if (!replaced) {
        return MP_OBJ_NULL;
    }
    vstr_add_strn(&out, copied, (size_t)(text.end - copied));
    return mp_obj_new_str_from_utf8_vstr(&out);
}

// ---- the lines of a file --------------------------------------------------------------------

static bool is_blank(char c) {
    return unichar_isspace((unsigned char)c);
}

static span_t trim(span_t span) {
    while (span.at < span.end && is_blank(span.at[0])) {
        span.at++;
    }
    while (span.at < span.end && is_blank(span.end[-1])) {
        span.end--;
    }
    return span;
}

static span_t without_export(span_t name) {
    static const char word[] = "export";
    const size_t len = sizeof(word) - 1;
    if (span_len(name) > len && memcmp(name.at, word, len) == 0 && is_blank(name.at[len])) {
        name.at += len;
    }
    return trim(name);
}

// Takes quotes and comment off *value, all that follows the '='. Answers what is wrong, or NULL.
static const char *take_value(span_t *value) {
    span_t text = trim(*value);
    if (text.at < text.end && (text.at[0] == '"' || text.at[0] == '\'')) {
        const char *close = memchr(text.at + 1, text.at[0], span_len(text) - 1);
        if (close == NULL) {
            return "the quote before the value has no match after it";
        }
        span_t rest = trim((span_t){ close + 1, text.end });
        if (rest.at < rest.end && rest.at[0] != '#') {
            return "there is more after the closing quote";
        }
        *value = (span_t){ text.at + 1, close };
        return NULL;
    }
    for (const char *at = value->at + 1; at < value->end; at++) {
        if (at[0] == '#' && is_blank(at[-1])) {
            value->end = at;
        }
    }
    *value = trim(*value);
    return NULL;
}

// Stores one line in env. Answers what is wrong, or NULL.
static const char *take_line(mp_obj_t env, span_t line) {
    line = trim(line);
    if (line.at == line.end || line.at[0] == '#') {
        return NULL;
    }
    if (!asvc_is_text(line.at, span_len(line))) {
        return "is not UTF-8 text";
    }
    const char *equals = memchr(line.at, '=', span_len(line));
    if (equals == NULL) {
        return "expected NAME=value, there is no '='";
    }
    span_t name = without_export(trim((span_t){ line.at, equals }));
    if (!is_name(name)) {
        return "expected NAME=value, NAME of letters, digits, '_', '.' and '-'";
    }
    span_t value = { equals + 1, line.end };
    const char *wrong = take_value(&value);
    if (wrong != NULL) {
        return wrong;
    }
    mp_obj_t text = replace_variables(env, value, NULL);
    mp_obj_dict_store(env, span_str(name), text == MP_OBJ_NULL ? span_str(value) : text);
    return NULL;
}

static void take_lines(mp_obj_t env, mp_obj_t path, span_t text) {
    for (unsigned number = 1; text.at < text.end; number++) {
        const char *newline = memchr(text.at, '\n', span_len(text));
        span_t line = { text.at, newline == NULL ? text.end : newline };
        const char *wrong = take_line(env, line);
        if (wrong != NULL) {
            asvc_sayf("%k%o: line %u: %s; the line is ignored", false, path, number, wrong);
        }
        text.at = newline == NULL ? text.end : newline + 1;
    }
}

static void report_unusable(mp_obj_t path, mp_obj_t error) {
    mp_obj_t why = error == MP_OBJ_NULL ? asvc_strf("is not a text file")
                                        : asvc_strf("cannot be read: %o", asvc_file_exception(error));
    asvc_sayf("%k%o: %o; the file is ignored", false, path, why);
}

// The file `path` (a str) as a new dict, str to str. A missing file is an empty dict, an unreadable one too (and
// reported).
static mp_obj_t read_env(mp_obj_t path) {
    mp_obj_t env = mp_obj_new_dict(0);
    mp_obj_t error;
    // The spans point into the data, not at its start: the collector needs to see the object itself.
    volatile mp_obj_t data = asvc_text_read(path, &error);
    if (data == MP_OBJ_NULL) {
        if (error != MP_OBJ_NULL) {
            report_unusable(path, error);
        }
        return env;
    }
    size_t len;
    const char *text = mp_obj_str_get_data(data, &len);
    if (memchr(text, '\0', len) != NULL) {
        // Once for the file: a binary one would be wrong in each of its lines.
        report_unusable(path, MP_OBJ_NULL);
    } else {
        take_lines(env, path, (span_t){ text, text + len });
    }
    return env;
}

static mp_obj_t current_env(void) {
    if (asvc_root()->env == MP_OBJ_NULL) {
        asvc_root()->env = read_env(MP_OBJ_FROM_PTR(&env_file));
    }
    return asvc_root()->env;
}

// ---- objects with ${NAME} in them -----------------------------------------------------------

static mp_obj_t expand_str(mp_obj_t str, mp_obj_t *undefined) {
    size_t len;
    const char *at = mp_obj_str_get_data(str, &len);
    span_t text = { at, at + len }, variable;
    if (!find_variable(text, &variable)) {
        return str; // the common case, which need not read `.env`
    }
    mp_obj_t replaced = replace_variables(current_env(), text, undefined);
    return replaced == MP_OBJ_NULL ? str : replaced;
}

static mp_obj_t expand_sequence(mp_obj_t sequence, mp_obj_t *undefined) {
    size_t len;
    mp_obj_t *items, *copied = NULL;
    mp_obj_get_array(sequence, &len, &items);
    mp_obj_t copy = MP_OBJ_NULL;
    for (size_t i = 0; i < len; i++) {
        mp_obj_t item = asvc_env_expand(items[i], undefined);
        if (item == items[i]) {
            continue;
        }
        if (copy == MP_OBJ_NULL) {
            bool is_list = mp_obj_is_type(sequence, &mp_type_list);
            copy = is_list ? mp_obj_new_list(len, items) : mp_obj_new_tuple(len, items);
            mp_obj_get_array(copy, &len, &copied);
        }
        copied[i] = item;
    }
    ASVC_KEEP(sequence);
    return copy == MP_OBJ_NULL ? sequence : copy;
}

static mp_obj_t expand_dict(mp_obj_t dict, mp_obj_t *undefined) {
    mp_map_t *map = mp_obj_dict_get_map(dict);
    mp_obj_t copy = MP_OBJ_NULL;
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        mp_obj_t value = asvc_env_expand(elem->value, undefined);
        if (value == elem->value) {
            continue;
        }
        if (copy == MP_OBJ_NULL) {
            copy = mp_obj_dict_copy(dict); // same slots, same order
        }
        mp_obj_dict_get_map(copy)->table[at - 1].value = value;
    }
    ASVC_KEEP(dict);
    return copy == MP_OBJ_NULL ? dict : copy;
}

mp_obj_t asvc_env_expand(mp_obj_t value, mp_obj_t *undefined) {
    mp_cstack_check();
    if (asvc_is_str(value)) {
        return expand_str(value, undefined);
    }
    if (asvc_is_sequence(value)) {
        return expand_sequence(value, undefined);
    }
    if (asvc_is_dict(value)) {
        return expand_dict(value, undefined);
    }
    return value;
}

// ---- as Python has it ------------------------------------------------------------------------

static mp_obj_t get_env(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
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
    if (file != mp_const_none) {
        asvc_get_str(file, "getenv: envfile", NULL); // open() takes an int for a file that is open
    }
    mp_obj_t env;
    if (file != mp_const_none) {
        env = read_env(file);
    } else {
        env = arg[ARG_debug].u_bool ? read_env(MP_OBJ_FROM_PTR(&env_file)) : current_env();
    }
    mp_obj_t value = asvc_map_get(mp_obj_dict_get_map(env), name);
    return value == MP_OBJ_NULL ? arg[ARG_alt].u_obj : value;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_getenv_obj, 0, get_env);

static mp_obj_t set_env(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t env = asvc_one_arg(n_args, args, kwargs, MP_QSTR_env, MP_OBJ_NULL);
    if (!asvc_is_dict(env)) {
        asvc_raise(&mp_type_TypeError, "setenv: expected a dict, got %t", env);
    }
    asvc_root()->env = env;
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_setenv_obj, 0, set_env);

#endif
