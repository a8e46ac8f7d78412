// Logger: a small logger for programs that have no `logging`, writing lines such as
// "2023-03-16 00:00:19 [name] [INFO] text" to an AioStream or any other stream.
#ifndef ASVC_BIND_LOGGER_H
#define ASVC_BIND_LOGGER_H

#include "py/obj.h"

#include "core/config.h"

// Levels, as in Python's logging. A logger lets through what is at or above its own level.
enum {
    ASVC_LEVEL_NOTSET = 0,
    ASVC_LEVEL_DEBUG = 10,
    ASVC_LEVEL_INFO = 20,
    ASVC_LEVEL_WARNING = 30,
    ASVC_LEVEL_ERROR = 40,
    ASVC_LEVEL_CRITICAL = 50,
};

// A level given as a number or by name. Raises TypeError or ValueError that says what is expected.
mp_int_t asvc_log_level(mp_obj_t level);

// str(args[0]) % args[1:], as str. Never raises but MemoryError: what cannot be formatted comes out
// unformatted, with a note.
mp_obj_t asvc_log_text(size_t n_args, const mp_obj_t *args);

// The Python class Logger. It cannot be called: getLogger makes its instances.
extern const mp_obj_type_t asvc_type_logger;

// aiolog.getLogger(name="root", stream=None): the one Logger of that name, made if there is none
// yet. A stream other than None becomes the logger's stream. Raises TypeError for a name that is no
// str or a stream that has no method write, and MemoryError.
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_get_logger_obj);

#endif
