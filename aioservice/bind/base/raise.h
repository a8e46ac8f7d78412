// Errors: telling kinds of exceptions apart, and naming them.
#ifndef ASVC_BASE_RAISE_H
#define ASVC_BASE_RAISE_H

#include "py/obj.h"

#include "core/config.h"

#define ASVC_NORETURN __attribute__((noreturn)) // MicroPython's own name for it has changed

// obj's text if it is a str; else raises TypeError "WHAT: expected a str, got TYPE". The text is
// NUL-terminated and belongs to obj. len may be NULL.
const char *asvc_get_str(mp_obj_t obj, const char *what, size_t *len);

// aioclass.ServiceException: a service cannot be loaded, and why. A subclass of RuntimeError.
extern const mp_obj_type_t mp_type_ServiceException;

// Whether exc is an instance of type or of one of its subclasses. Any object may be asked.
bool asvc_is_a(mp_obj_t exc, const mp_obj_type_t *type);

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

// Whether exc is an instance of Exception (CancelledError, KeyboardInterrupt, SystemExit are not).
// Any object may be asked.
bool asvc_is_exception(mp_obj_t exc);

// The class name of any object, e.g. "ZeroDivisionError".
qstr asvc_type_name(mp_obj_t obj);

// exc, fit to be kept. When there is no memory for an exception, MicroPython raises one static object,
// which the next such exception overwrites and which may come to contain itself: in its place a ready
// MemoryError is answered.
mp_obj_t asvc_keepable(mp_obj_t exc);

// Hands on what must never be swallowed: raises exc again unless it is an Exception.
void asvc_raise_unless_exception(mp_obj_t exc);

// Calls fun(arg) and answers the exception of that type, or of a subclass of it, that this raises; MP_OBJ_NULL where
// it raises none. Any other is raised on.
mp_obj_t asvc_catch(const mp_obj_type_t *type, void (*fun)(void *arg), void *arg);
// The same for all that may be swallowed: Exception.
mp_obj_t asvc_try(void (*fun)(void *arg), void *arg);

#endif
