#include "bind/base/say.h"

#include "py/builtin.h"
#include "py/runtime.h"
#include "py/stream.h"
#if MICROPY_PY_THREAD
#include "py/mpthread.h"
#endif

#include "bind/base/call.h"
#include "bind/base/exception.h"
#include "bind/base/state.h"

#if ASVC_REPL

// What stands in the place of the function `print` while our REPL runs.
typedef struct _asvc_print_t {
    mp_obj_base_t base;
    mp_obj_t before;
    mp_obj_t print; // what stood there
} print_t;

static void call_before(void *arg) {
    mp_call_function_1(asvc_root()->print->before, (mp_obj_t)arg);
}

// Nothing that goes wrong in it keeps a text from being printed.
static void tell_before(mp_obj_t end) {
#if MICROPY_PY_THREAD
    if (mp_thread_get_state() != &mp_state_ctx.thread) {
        return; // the REPL is a task of asyncio, which is not for other threads
    }
#endif
    if (asvc_root()->print != NULL) {
        asvc_try(call_before, (void *)end);
    }
}

static mp_obj_t print_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    print_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t end = MP_OBJ_NEW_QSTR(MP_QSTR__0x0a_);
    for (const mp_obj_t *kw = args + n_args; kw < args + n_args + 2 * n_kw; kw += 2) {
        if (kw[0] == MP_OBJ_NEW_QSTR(MP_QSTR_end)) {
            end = kw[1];
        }
    }
    tell_before(end);
    return mp_call_function_n_kw(self->print, n_args, n_kw, args);
}

static MP_DEFINE_CONST_OBJ_TYPE(type_print, MP_QSTR_print, MP_TYPE_FLAG_NONE, call, print_call);

static mp_obj_t print_before(mp_obj_t before) {
    asvc_root_t *root = asvc_root();
    print_t *self = root->print;
    mp_obj_t print;
    if (before != mp_const_none) {
        self = mp_obj_malloc(print_t, &type_print);
        self->before = before;
        self->print = mp_load_global(MP_QSTR_print);
        root->print = self;
        print = MP_OBJ_FROM_PTR(self);
    } else if (self != NULL) {
        root->print = NULL;
        print = self->print;
    } else {
        return before; // another REPL has ended before
    }
    if (MICROPY_CAN_OVERRIDE_BUILTINS) {
        mp_store_attr(MP_OBJ_FROM_PTR(&mp_module_builtins), MP_QSTR_print, print);
    }
    return before;
}
MP_DEFINE_CONST_FUN_OBJ_1(asvc_print_before_obj, print_before);

#else

static inline void tell_before(mp_obj_t end) {
    (void)end;
}

#endif

void asvc_write(const char *text, size_t len) {
    tell_before(MP_OBJ_NEW_QSTR(MP_QSTR__0x0a_));
    // stdout of a pipe may take less than is offered; MicroPython's own print loops the same way.
    mp_print_strn(MP_PYTHON_PRINTER, text, len, 0, 0, 0);
}

void asvc_say(vstr_t *line) {
    vstr_add_char(line, '\n');
    asvc_write(line->buf, line->len);
    vstr_reset(line);
}

void asvc_sayf(const char *fmt, ...) {
    vstr_t line;
    vstr_init(&line, 80);
    va_list args;
    va_start(args, fmt);
    asvc_add_vf(&line, fmt, args);
    va_end(args);
    asvc_say(&line);
    vstr_clear(&line);
}

#if ASVC_REPL
void asvc_set_said(void) {
    asvc_root()->said = true;
}

static mp_obj_t take_said(void) {
    bool said = asvc_root()->said;
    asvc_root()->said = false;
    return mp_obj_new_bool(said);
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_said_obj, take_said);
#endif

#if ASVC_LOG
void asvc_log(mp_obj_t log, qstr method, mp_obj_t text) {
    if (log == MP_OBJ_NULL || log == mp_const_none) {
        return;
    }
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        asvc_call_1(log, method, text);
        nlr_pop();
        return;
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr.ret_val);
    asvc_raise_unless_exception(exc);
    asvc_sayf("[aioservice] the logger raised %t; the line was: %o", exc, text);
}
#endif
