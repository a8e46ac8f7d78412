// What people read: lines on sys.stdout and lines in a logger.
//
// A line is put together in a vstr and leaves in one write, so that lines of two writers never mix
// and a pipe sees whole lines. Colours are on for a terminal and on boards, off where stdout is a
// pipe or NO_COLOR is set; aioctl.color(True/False) decides by hand.
#ifndef ASVC_BIND_SAY_H
#define ASVC_BIND_SAY_H

#include "py/obj.h"

typedef enum { ASVC_PLAIN, ASVC_GREEN, ASVC_YELLOW, ASVC_RED, ASVC_CYAN } asvc_color_t;

// Whether lines written now are coloured.
bool asvc_color_on(void);
// True or False decides by hand, None goes back to deciding by the terminal.
void asvc_color_set(mp_obj_t on);

// Appends text to line, in the given colour where colours are on.
void asvc_add_colored(vstr_t *line, asvc_color_t color, const char *text);
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

// Notes that the function called has printed its own outcome line; a REPL asks and clears this by
// asvc_take_said() and then does not repeat the answer True.
void asvc_set_said(void);
bool asvc_take_said(void);

// Calls log.METHOD(text), method MP_QSTR_info, MP_QSTR_error ...; nothing where log is None or
// MP_OBJ_NULL. A logger that raises is reported on stdout, never to the caller: an error that is
// being logged must not become another one.
void asvc_log(mp_obj_t log, qstr method, const char *text, size_t len);

#endif
