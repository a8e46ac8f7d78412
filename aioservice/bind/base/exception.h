// Exceptions that were raised: telling kinds apart, catching and keeping them.
#ifndef ASVC_BASE_EXCEPTION_H
#define ASVC_BASE_EXCEPTION_H

#include "py/obj.h"

// Whether exc is an instance of type or of one of its subclasses. Any object may be asked.
bool asvc_is_a(mp_obj_t exc, const mp_obj_type_t *type);

// Whether exc is an instance of Exception (CancelledError, KeyboardInterrupt, SystemExit are not).
// Any object may be asked.
bool asvc_is_exception(mp_obj_t exc);

// The class name of any object, e.g. "ZeroDivisionError".
qstr asvc_type_name(mp_obj_t obj);

// The frames of an exception's traceback, the innermost first, without those of asyncio that come before any other: what
// stands there is where the program's own code was. Each is three numbers: file (qstr), line, function (qstr). *n: how
// many numbers; 0 where there is none, or exc is no exception. They belong to exc.
const size_t *asvc_exception_frames(mp_obj_t exc, size_t *n);

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
