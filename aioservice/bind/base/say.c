#include "bind/base/say.h"

#include "py/runtime.h"
#include "py/stream.h"

#include "bind/base/call.h"
#include "bind/base/exception.h"
#include "bind/base/state.h"

void asvc_write(const char *text, size_t len) {
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
