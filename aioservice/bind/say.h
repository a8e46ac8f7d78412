// What people read: lines on sys.stdout and lines in a logger.
//
// A line is put together in a vstr and leaves in one write, so that lines of two writers never mix
// and a pipe sees whole lines.
#ifndef ASVC_BIND_SAY_H
#define ASVC_BIND_SAY_H

#include "py/obj.h"

#include "bind/color.h"
#include "core/config.h"

// Appends the start of a line that tells an outcome: "[ OK ] " or "[ ERROR ] ".
void asvc_add_outcome(vstr_t *line, bool ok);
// Appends printf-like (mp_printf's conversions).
void asvc_addf(vstr_t *line, const char *fmt, ...);
// Appends str(obj), not repr; where __str__ raises an Exception, "<TYPE: its text raised KeyError>".
void asvc_add_str(vstr_t *line, mp_obj_t obj);
// The same for repr(obj).
void asvc_add_repr(vstr_t *line, mp_obj_t obj);
// Appends an exception as "ZeroDivisionError: divide by zero", in red where colours are on.
void asvc_add_exception(vstr_t *line, mp_obj_t exc);

// Appends what sys.print_exception prints: the traceback and the exception, each line ended.
void asvc_add_exception_text(vstr_t *text, mp_obj_t exc);

// Writes line and a newline to sys.stdout (so that a redirected REPL sees it) and empties it.
void asvc_say(vstr_t *line);
// Same, printf-like, in one go.
void asvc_sayf(const char *fmt, ...);
// Writes text to sys.stdout as it is, in one write.
void asvc_write(const char *text, size_t len);

// Notes that the function called has printed its own outcome line.
#if ASVC_REPL
void asvc_set_said(void);
#else
static inline void asvc_set_said(void) {
}
#endif
// aioctl._said(): whether one has, since this was last asked; a REPL then does not repeat the answer True.
MP_DECLARE_CONST_FUN_OBJ_0(asvc_said_obj);

#if ASVC_LOG

// Calls log.METHOD(text), method MP_QSTR_info, MP_QSTR_error ...; nothing where log is None or
// MP_OBJ_NULL. A logger that raises is reported on stdout, never to the caller: an error that is
// being logged must not become another one.
void asvc_log(mp_obj_t log, qstr method, const char *text, size_t len);

#else

static inline void asvc_log(mp_obj_t log, qstr method, const char *text, size_t len) {
    (void)log;
    (void)method;
    (void)text;
    (void)len;
}

#endif

#endif
