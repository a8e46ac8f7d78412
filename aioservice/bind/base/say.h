// What people read: lines on sys.stdout and lines in a logger.
//
// A line is put together in a vstr and leaves in one write, so that lines of two writers never mix
// and a pipe sees whole lines.
#ifndef ASVC_BASE_SAY_H
#define ASVC_BASE_SAY_H

#include "py/obj.h"

#include "bind/base/color.h"
#include "bind/base/text.h"
#include "core/config.h"

// While our REPL runs, a text is not written into the line that is typed: see asvc_print_before_obj.

// Writes line and a newline to sys.stdout (so that a redirected REPL sees it) and empties it.
void asvc_say(vstr_t *line);
// The same for a text made like asvc_addf has it.
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
// aioctl._print(before), for our REPL: has before(end) called ahead of all that print() and the functions here
// print; None: no more. end: what ends the text, "\n" unless print() was given another. An exception of it is dropped.
// What is written in other ways (sys.stdout.write, sys.print_exception, C drivers) goes by it, as does what other
// threads print.
MP_DECLARE_CONST_FUN_OBJ_1(asvc_print_before_obj);

#if ASVC_LOG

// Calls log.METHOD(text), method MP_QSTR_info, MP_QSTR_error ..., text a str; nothing where log is None or
// MP_OBJ_NULL. A logger that raises is reported on stdout, never to the caller: an error that is
// being logged must not become another one.
void asvc_log(mp_obj_t log, qstr method, mp_obj_t text);

#else

static inline void asvc_log(mp_obj_t log, qstr method, mp_obj_t text) {
    (void)log;
    (void)method;
    (void)text;
}

#endif

#endif
