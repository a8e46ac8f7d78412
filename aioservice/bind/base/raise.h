// Raising exceptions whose texts say what was wrong.
#ifndef ASVC_BASE_RAISE_H
#define ASVC_BASE_RAISE_H

#include "py/obj.h"

#include "bind/base/exception.h"
#include "core/config.h"

#define ASVC_NORETURN __attribute__((noreturn)) // MicroPython's own name for it has changed

// obj's text if it is a str; else raises TypeError "WHAT: expected a str, got TYPE". The text is
// NUL-terminated and belongs to obj. len may be NULL.
const char *asvc_get_str(mp_obj_t obj, const char *what, size_t *len);

// aioclass.ServiceException: a service cannot be loaded, and why. A subclass of RuntimeError.
extern const mp_obj_type_t mp_type_ServiceException;

// Raises type with a text made like asvc_addf has it. In place of mp_raise_msg_varg,
// whose compressed texts must all be shorter than MicroPython's longest: its buffer for them lacks the
// byte for the terminating NUL.
ASVC_NORETURN void asvc_raise(const mp_obj_type_t *type, const char *fmt, ...);
// Such an exception, not raised.
mp_obj_t asvc_exceptionf(const mp_obj_type_t *type, const char *fmt, ...);

// The end of such a text that says what to do; its arguments may be given without it, too.
#if ASVC_HINTS
#define ASVC_HINT(text) text
#else
#define ASVC_HINT(text) ""
#endif

#endif
