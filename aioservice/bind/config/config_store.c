#include "bind/config/config_store.h"

#include "py/mperrno.h"
#include "py/objstr.h"
#include "py/runtime.h"

#include "bind/base/call.h"
#include "bind/config/config_json.h"
#include "bind/config/config_say.h"
#include "bind/base/exception.h"
#include "bind/base/file.h"
#include "bind/base/keep.h"
#include "bind/base/map.h"
#include "bind/base/state.h"
#include "bind/base/text.h"
#include "core/json.h"

#if ASVC_CONFIG

static const MP_DEFINE_STR_OBJ(config_file, "services.config");
static const MP_DEFINE_STR_OBJ(backup_file, "services.config.bak");
static const MP_DEFINE_STR_OBJ(new_file, "services.config.new");
static const MP_DEFINE_STR_OBJ(bad_file, "services.config.bad");
static const MP_DEFINE_STR_OBJ(old_file, "services.config.bad.old");

#define CONFIG MP_OBJ_FROM_PTR(&config_file)
#define BACKUP MP_OBJ_FROM_PTR(&backup_file)
#define NEW MP_OBJ_FROM_PTR(&new_file)
#define BAD MP_OBJ_FROM_PTR(&bad_file)
#define OLD MP_OBJ_FROM_PTR(&old_file)

// ---- moving files ---------------------------------------------------------------------------

typedef struct _os_call_t {
    qstr name;
    size_t n_args;
    mp_obj_t args[2];
} os_call_t;

static mp_obj_t os_call(void *arg) {
    const os_call_t *what = arg;
    mp_obj_t os = asvc_import(MP_QSTR_os);
    return mp_call_function_n_kw(mp_load_attr(os, what->name), what->n_args, 0, what->args);
}

static bool try_remove(mp_obj_t file) {
    os_call_t remove = { MP_QSTR_remove, 1, { file } };
    mp_obj_t exc;
    return asvc_file_try(os_call, &remove, &exc) != MP_OBJ_NULL;
}

// Renames, over a file that is there. False where that failed, with the exception.
static bool try_move(mp_obj_t from, mp_obj_t to, mp_obj_t *exc) {
    os_call_t rename = { MP_QSTR_rename, 2, { from, to } };
    if (asvc_file_try(os_call, &rename, exc) != MP_OBJ_NULL) {
        return true;
    }
    // POSIX, littlefs and FAT replace; a file system written in Python may refuse to.
    bool is_in_the_way = asvc_is_a(*exc, &mp_type_OSError)
        && mp_obj_exception_get_value(*exc) == MP_OBJ_NEW_SMALL_INT(MP_EEXIST);
    return is_in_the_way && try_remove(to) && asvc_file_try(os_call, &rename, exc) != MP_OBJ_NULL;
}

// ---- reading --------------------------------------------------------------------------------

typedef enum { WHOLE, MISSING, BROKEN, UNREADABLE } condition_t;

// For asvc_file_try.
static mp_obj_t load_config(void *text) {
    mp_obj_t config = asvc_config_from_json(*(asvc_json_span_t *)text);
    mp_map_t *map = mp_obj_dict_get_map(config);
    for (size_t i = 0; i < map->used; i++) {
        if (mp_obj_is_type(map->table[i].value, &mp_type_dict)) {
            map->table[i].value = asvc_config_in_order(map->table[i].value);
        }
    }
    return config;
}

// The config in one file. Where it is not WHOLE, *config is left alone and *why gets the reason.
static condition_t read_file(mp_obj_t file, mp_obj_t *config, mp_obj_t *why) {
    mp_obj_t error;
    // Spans point into the text, not at its start: the collector needs to see the object itself.
    volatile mp_obj_t data = asvc_text_read(file, &error);
    if (data == MP_OBJ_NULL) {
        if (error == MP_OBJ_NULL) {
            return MISSING;
        }
        *why = asvc_strf("cannot be read: %o", asvc_file_exception(error));
        return UNREADABLE;
    }
    size_t len;
    const char *text = mp_obj_str_get_data(data, &len);
    if (!asvc_is_text(text, len)) {
        *why = asvc_strf("is not UTF-8 text");
        return BROKEN;
    }
    asvc_json_span_t span = { text, text + len };
    unsigned line;
    const char *expected = asvc_json_check(span, ASVC_FLOAT_DIGITS, &line);
    if (expected != NULL) {
        *why = asvc_strf("line %u: expected %s", line, expected);
        return BROKEN;
    }
    mp_obj_t result = asvc_file_try(load_config, &span, &error);
    if (result != MP_OBJ_NULL) {
        *config = result;
        return WHOLE;
    }
    // A number that this firmware cannot hold. Anything else is no matter of the file.
    if (!asvc_is_a(error, &mp_type_ValueError) && !asvc_is_a(error, &mp_type_OverflowError)) {
        nlr_raise(error);
    }
    *why = error;
    return BROKEN;
}

// Tells what is wrong with services.config and what becomes of it. anew: also if this run has told it before.
static void report(mp_obj_t why, bool is_aside, bool has_good, bool anew) {
    mp_obj_t text =
        asvc_strf(is_aside ? "%o; it is now services.config.bad, and %s" : "%o; it stays as it is, and %s",
            why, has_good ? "the last good one is used" : "no service is configured");
    asvc_root()->config_broken = text;
    if (anew) {
        asvc_config_forget(text);
    }
    asvc_config_complain("%o", text);
}

static bool is_same(mp_obj_t file, mp_obj_t other) {
    mp_obj_t error;
    mp_obj_t text = asvc_text_read(file, &error);
    mp_obj_t other_text = asvc_text_read(other, &error);
    return text != MP_OBJ_NULL && other_text != MP_OBJ_NULL && mp_obj_equal(text, other_text);
}

// One that was put aside, maybe in an earlier run, is told as long as nobody has put a good one in its place.
static void recall_bad(bool is_whole) {
    mp_obj_t ignored, why = MP_OBJ_NULL;
    if (read_file(BAD, &ignored, &why) != MISSING && (!is_whole || is_same(CONFIG, BACKUP))) {
        report(why == MP_OBJ_NULL ? asvc_strf("was broken") : why, true, is_whole, false);
    }
}

// services.config is not there: a change that was under way when the power went is finished. Answers
// UNREADABLE where that cannot be told, else MISSING or WHOLE.
static condition_t finish_change(mp_obj_t *config) {
    mp_obj_t exc, why;
    condition_t condition = read_file(NEW, config, &why);
    if (condition == WHOLE) {
        try_move(NEW, CONFIG, &exc); // where it fails, the next reading finds the same again
        return WHOLE;
    }
    *config = asvc_dict_new_ordered(0);
    if (condition == UNREADABLE) {
        report(why, false, false, false);
        return UNREADABLE;
    }
    try_remove(NEW);
    return MISSING;
}

static mp_obj_t write_new_file(void *content);

static bool try_write(mp_obj_t content, mp_obj_t *exc) {
    bool written = asvc_file_try(write_new_file, MP_OBJ_TO_PTR(content), exc) != MP_OBJ_NULL;
    if (!written) {
        try_remove(NEW);
    }
    return written;
}

// The backup stays: there is one for the next mistake, and services.config is seen to be the same.
static bool copy_backup(void) {
    mp_obj_t exc;
    mp_obj_t text = asvc_text_read(BACKUP, &exc);
    return text != MP_OBJ_NULL && try_write(text, &exc);
}

// Makes `good` (NEW, BACKUP or MP_OBJ_NULL for none) services.config, and the broken one BAD. Between any
// two steps a reading comes to the same result.
static bool put_aside(mp_obj_t good) {
    mp_obj_t exc;
    if (good == BACKUP && !copy_backup() && !try_move(BACKUP, NEW, &exc)) {
        return false;
    }
    if (!try_move(CONFIG, BAD, &exc)) {
        return false;
    }
    if (good != MP_OBJ_NULL) {
        try_move(NEW, CONFIG, &exc);
    }
    return true;
}

// services.config is BROKEN or UNREADABLE: the newest whole one of the others. Answers UNREADABLE where one
// of the files may hold something that is newer than *config, else BROKEN.
static condition_t last_good(condition_t condition, mp_obj_t *config, mp_obj_t why) {
    mp_obj_t ignored, good = NEW;
    condition_t other = read_file(NEW, config, &ignored);
    if (other != WHOLE) {
        good = BACKUP;
        condition_t backup = read_file(BACKUP, config, &ignored);
        if (other == UNREADABLE || backup == UNREADABLE) {
            condition = UNREADABLE;
        }
        if (backup != WHOLE) {
            good = MP_OBJ_NULL;
            *config = asvc_dict_new_ordered(0);
        }
    }
    bool is_aside = condition == BROKEN && put_aside(good);
    report(why, is_aside, good != MP_OBJ_NULL, is_aside);
    return condition;
}

// Reads as the table in the header has it. UNREADABLE: what is answered may not be the newest.
static condition_t read_config(mp_obj_t *config) {
    mp_obj_t why = MP_OBJ_NULL;
    asvc_root()->config_broken = MP_OBJ_NULL;
    condition_t condition = read_file(CONFIG, config, &why);
    if (condition == BROKEN || condition == UNREADABLE) {
        return last_good(condition, config, why);
    }
    if (condition == WHOLE) {
        try_remove(NEW); // lest it be taken for a change to finish when services.config is removed
    } else {
        condition = finish_change(config);
    }
    if (condition != UNREADABLE) {
        recall_bad(condition == WHOLE);
    }
    return condition;
}

mp_obj_t asvc_config_read(void) {
    mp_obj_t config = MP_OBJ_NULL;
    read_config(&config);
    asvc_config_check_entries(config);
    return config;
}

mp_obj_t asvc_config_broken(void) {
    return asvc_root()->config_broken;
}

mp_obj_t asvc_config_read_to_change(void) {
    mp_obj_t config = MP_OBJ_NULL;
    if (read_config(&config) == UNREADABLE) {
        // Writing what was read instead could undo the last changes.
        asvc_config_refuse("not changed, as it cannot be read");
        return MP_OBJ_NULL;
    }
    return config;
}

// ---- writing --------------------------------------------------------------------------------

static void write_bytes(mp_obj_t file, mp_obj_t bytes) {
    if (asvc_call_1(file, MP_QSTR_write, bytes) != mp_obj_len(bytes)) {
        mp_raise_OSError(MP_ENOSPC);
    }
}

static void write_text(mp_obj_t file, vstr_t *text) {
    write_bytes(file, mp_obj_new_bytes((const byte *)text->buf, text->len));
    vstr_reset(text);
}

// A service a line: to be read and changed by people, and so that no board needs the memory for the
// whole text at once.
static void write_entries(mp_obj_t file, mp_obj_t config) {
    mp_obj_t json = asvc_import(MP_QSTR_json);
    mp_obj_t dumps = mp_load_attr(json, MP_QSTR_dumps);
    mp_map_t *map = mp_obj_dict_get_map(config);
    vstr_t line;
    vstr_init(&line, 128);
    vstr_add_str(&line, "{");
    const char *separator = "\n";
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(map, &at)) != NULL) {
        mp_obj_t key = mp_call_function_1(dumps, elem->key);
        asvc_addf(&line, "%s%n: %n", separator, key, mp_call_function_1(dumps, elem->value));
        write_text(file, &line);
        separator = ",\n";
    }
    ASVC_KEEP(config);
    vstr_add_str(&line, "\n}\n");
    write_text(file, &line);
    vstr_clear(&line);
}

// Calls object.name() where there is such a method.
static void call_if_there(mp_obj_t object, qstr name) {
    mp_obj_t call[2];
    mp_load_method_maybe(object, name, call);
    if (call[0] != MP_OBJ_NULL) {
        mp_call_method_n_kw(0, 0, call);
    }
}

// content: the text as bytes, or a config.
static mp_obj_t write_new_file(void *content) {
    mp_obj_t file = asvc_file_open(NEW, MP_OBJ_NEW_QSTR(MP_QSTR_wb));
    MP_DEFINE_NLR_JUMP_CALLBACK_FUNCTION_1(closing, asvc_file_close_quietly, MP_OBJ_TO_PTR(file));
    nlr_push_jump_callback(&closing.callback, mp_call_function_1_from_nlr_jump_callback);
    if (mp_obj_is_type(MP_OBJ_FROM_PTR(content), &mp_type_bytes)) {
        write_bytes(file, MP_OBJ_FROM_PTR(content));
    } else {
        write_entries(file, MP_OBJ_FROM_PTR(content));
    }
    call_if_there(file, MP_QSTR_flush); // on unix this is fsync
    nlr_pop_jump_callback(false);
    // Not quietly: on some file systems the last bytes are written, and refused, only here.
    call_if_there(file, MP_QSTR_close);
    call_if_there(asvc_import(MP_QSTR_os), MP_QSTR_sync);
    return mp_const_none;
}

// Makes NEW services.config. False, with the exception, where that failed and all is as before.
static bool put_in_place(mp_obj_t *exc) {
    bool had_config = try_move(CONFIG, BACKUP, exc);
    if (had_config || asvc_is_missing_file(*exc)) {
        if (try_move(NEW, CONFIG, exc)) {
            return true;
        }
        mp_obj_t second;
        if (had_config && !try_move(BACKUP, CONFIG, &second)) {
            return false; // only NEW is left: the next reading finishes the change
        }
    }
    try_remove(NEW);
    return false;
}

static bool refuse_exception(mp_obj_t exc) {
    return asvc_config_refuse("cannot be written: %o", asvc_file_exception(exc));
}

bool asvc_config_write(mp_obj_t config) {
    if (!asvc_config_is_storable(config)) {
        return false;
    }
    mp_obj_t exc;
    if (!try_write(config, &exc) || !put_in_place(&exc)) {
        return refuse_exception(exc);
    }
    asvc_root()->config_broken = MP_OBJ_NULL;
    try_move(BAD, OLD, &exc); // there is a good one now
    return true;
}

#endif
