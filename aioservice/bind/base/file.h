// Files: calling what may raise, reading a text whole, and saying what went wrong with one.
//
// All of it goes through the file API that programs see (open(), read(), close()), so a file system
// written in Python, or an open() of the program's own, works as well.
#ifndef ASVC_BASE_FILE_H
#define ASVC_BASE_FILE_H

#include "py/obj.h"

// Opens the file `path` through the builtin open(). Raises what open() raises, and OSError(ENODEV) in
// a firmware that has no open().
mp_obj_t asvc_file_open(mp_obj_t path, mp_obj_t mode);

// file.close() for nlr_push_jump_callback: an Exception from it is dropped, as another is on its way.
void asvc_file_close_quietly(void *file);

// Calls fun(arg) and answers its result, which must not be MP_OBJ_NULL; where that raises an Exception,
// answers MP_OBJ_NULL with it in *exc. KeyboardInterrupt, SystemExit and the like are raised on.
mp_obj_t asvc_file_try(mp_obj_t (*fun)(void *arg), void *arg, mp_obj_t *exc);

// The bytes of the file `path` (a str) without a leading UTF-8 byte order mark. MP_OBJ_NULL where that
// fails: then *error is MP_OBJ_NULL if there is no such file (or no file system at all), else the
// exception. Raises MemoryError, nothing else that is an Exception.
mp_obj_t asvc_text_read(mp_obj_t path, mp_obj_t *error);

// Whether these bytes may become a str: no NUL, and UTF-8 where strings are.
bool asvc_is_text(const char *text, size_t len);

// Whether `exc` says that a file, or the device it would be on, is not there.
bool asvc_is_missing_file(mp_obj_t exc);

// What an exception from a file says, in words that name the error: an object to print. Raises MemoryError.
mp_obj_t asvc_file_exception(mp_obj_t exc);

#endif
