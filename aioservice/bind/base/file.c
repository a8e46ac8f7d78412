#include "bind/base/file.h"

#include <string.h>

#include "py/builtin.h"
#include "py/mperrno.h"
#include "py/objstr.h"
#include "py/runtime.h"

#include "bind/base/call.h"
#include "bind/base/is.h"
#include "bind/base/exception.h"
#include "bind/base/say.h"
#include "core/config.h"

#if ASVC_CONFIG

// ---- files ----------------------------------------------------------------------------------

typedef struct {
    mp_obj_t (*fun)(void *arg);
    void *arg;
    mp_obj_t result;
} call_t;

static void make_call(void *arg) {
    call_t *call = arg;
    call->result = call->fun(call->arg);
}

mp_obj_t asvc_file_try(mp_obj_t (*fun)(void *arg), void *arg, mp_obj_t *exc) {
    call_t call = { fun, arg, MP_OBJ_NULL };
    mp_obj_t raised = asvc_try(make_call, &call);
    if (raised != MP_OBJ_NULL) {
        *exc = raised;
    }
    return call.result;
}

mp_obj_t asvc_file_open(mp_obj_t path, mp_obj_t mode) {
    mp_obj_t call[4];
    mp_load_method_maybe(MP_OBJ_FROM_PTR(&mp_module_builtins), MP_QSTR_open, call);
    if (call[0] == MP_OBJ_NULL) {
        mp_raise_OSError(MP_ENODEV);
    }
    call[2] = path;
    call[3] = mode;
    return mp_call_method_n_kw(2, 0, call);
}

static mp_obj_t file_close(void *file) {
    return asvc_call_0(MP_OBJ_FROM_PTR(file), MP_QSTR_close);
}

void asvc_file_close_quietly(void *file) {
    mp_obj_t exc;
    asvc_file_try(file_close, file, &exc);
}

// ---- text -----------------------------------------------------------------------------------

static mp_obj_t file_contents(void *path) {
    mp_obj_t file = asvc_file_open(MP_OBJ_FROM_PTR(path), MP_OBJ_NEW_QSTR(MP_QSTR_rb));
    MP_DEFINE_NLR_JUMP_CALLBACK_FUNCTION_1(closing, asvc_file_close_quietly, MP_OBJ_TO_PTR(file));
    nlr_push_jump_callback(&closing.callback, mp_call_function_1_from_nlr_jump_callback);
    mp_obj_t data = asvc_call_0(file, MP_QSTR_read);
    nlr_pop_jump_callback(true);
    return data;
}

mp_obj_t asvc_text_read(mp_obj_t path, mp_obj_t *error) {
    *error = MP_OBJ_NULL;
    mp_obj_t exc = MP_OBJ_NULL;
    mp_obj_t data = asvc_file_try(file_contents, MP_OBJ_TO_PTR(path), &exc);
    if (data == MP_OBJ_NULL) {
        if (asvc_is_a(exc, &mp_type_MemoryError)) {
            nlr_raise(exc);
        }
        *error = asvc_is_missing_file(exc) ? MP_OBJ_NULL : exc;
        return MP_OBJ_NULL;
    }
    size_t len;
    const char *text = mp_obj_str_get_data(data, &len);
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        return mp_obj_new_bytes((const byte *)text + 3, len - 3);
    }
    return data;
}

bool asvc_is_text(const char *text, size_t len) {
    return memchr(text, '\0', len) == NULL && asvc_is_utf8(text, len);
}

// ---- errors ---------------------------------------------------------------------------------

bool asvc_is_missing_file(mp_obj_t exc) {
    if (!asvc_is_a(exc, &mp_type_OSError)) {
        return false;
    }
    mp_obj_t code = mp_obj_exception_get_value(exc);
    return code == MP_OBJ_NEW_SMALL_INT(MP_ENOENT) || code == MP_OBJ_NEW_SMALL_INT(MP_ENODEV);
}

// MicroPython has names for most errors of files, but not for the two that matter most when writing.
mp_obj_t asvc_file_exception(mp_obj_t exc) {
    mp_obj_t code = asvc_is_a(exc, &mp_type_OSError) ? mp_obj_exception_get_value(exc) : mp_const_none;
    if (code == MP_OBJ_NEW_SMALL_INT(MP_EROFS)) {
        return asvc_strf("[Errno %d] EROFS, read-only file system", MP_EROFS);
    }
    if (code == MP_OBJ_NEW_SMALL_INT(MP_ENOSPC)) {
        return asvc_strf("[Errno %d] ENOSPC, no space left", MP_ENOSPC);
    }
    // The exception itself may be past printing.
    return asvc_is_a(exc, &mp_type_MemoryError) ? asvc_strf("not enough memory") : exc;
}

#endif
