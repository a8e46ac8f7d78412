#include <stdarg.h> // before py/mpprint.h, which declares mp_vprintf only then

#include "bind/say.h"

#include <string.h>

#include "py/builtin.h"
#include "py/runtime.h"
#include "py/stream.h"

#include "bind/call.h"
#include "bind/raise.h"
#include "bind/state.h"

void asvc_add_outcome(vstr_t *line, bool ok) {
    vstr_add_str(line, "[ ");
    asvc_add_colored(line, ok ? ASVC_GREEN : ASVC_RED, ok ? "OK" : "ERROR");
    vstr_add_str(line, " ] ");
}

static void add_to_vstr(void *line, const char *text, size_t len) {
    vstr_add_strn(line, text, len);
}

static void add_vf(vstr_t *line, const char *fmt, va_list args) {
    mp_print_t print = { line, add_to_vstr };
    mp_vprintf(&print, fmt, args);
}

void asvc_addf(vstr_t *line, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    add_vf(line, fmt, args);
    va_end(args);
}

// A line about many things must not be lost for one that can't be shown.
static void add_guarded(
    vstr_t *line, mp_obj_t obj, void (*print_obj)(const mp_print_t *print, mp_obj_t obj)) {
    size_t before = line->len;
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_print_t print = { line, add_to_vstr };
        print_obj(&print, obj);
        nlr_pop();
        return;
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr.ret_val);
    asvc_raise_unless_exception(exc);
    line->len = before;
    asvc_addf(line, "<%q: its text raised %q>", asvc_type_name(obj), asvc_type_name(exc));
}

static void print_str(const mp_print_t *print, mp_obj_t obj) {
    mp_obj_print_helper(print, obj, PRINT_STR);
}

static void print_repr(const mp_print_t *print, mp_obj_t obj) {
    mp_obj_print_helper(print, obj, PRINT_REPR);
}

void asvc_add_str(vstr_t *line, mp_obj_t obj) {
    add_guarded(line, obj, print_str);
}

void asvc_add_repr(vstr_t *line, mp_obj_t obj) {
    add_guarded(line, obj, print_repr);
}

void asvc_add_exception(vstr_t *line, mp_obj_t exc) {
    asvc_add_colored(line, ASVC_RED, qstr_str(asvc_type_name(exc)));
    vstr_add_str(line, ": ");
    asvc_add_str(line, exc);
}

void asvc_add_exception_text(vstr_t *text, mp_obj_t exc) {
    add_guarded(text, exc, mp_obj_print_exception);
    if (text->len == 0 || text->buf[text->len - 1] != '\n') {
        vstr_add_char(text, '\n'); // behind what stands in its place
    }
}

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
    add_vf(&line, fmt, args);
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
void asvc_log(mp_obj_t log, qstr method, const char *text, size_t len) {
    if (log == MP_OBJ_NULL || log == mp_const_none) {
        return;
    }
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        asvc_call_1(log, method, mp_obj_new_str(text, len));
        nlr_pop();
        return;
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr.ret_val);
    asvc_raise_unless_exception(exc);
    asvc_sayf("[aioservice] the logger raised %q; the line was: %s", asvc_type_name(exc), text);
}
#endif
