// Logger: a small logger for programs that have no `logging`, writing lines such as
// "2023-03-16 00:00:19 [name] [INFO] text" to an AioStream or any other stream.
//
// A line must come out when there is no memory, too. A line for an AioStream takes none but what Python's
// time.localtime() needs, and where there is none for that, it shows zeros in place of its date.
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

// str(args[0]) % args[1:], as str. What cannot be formatted comes out unformatted, with a note where there is
// memory for one. Raises only what is no Exception, and MemoryError where args[0] is no str.
mp_obj_t asvc_log_text(size_t n_args, const mp_obj_t *args);

// What a Logger is, and a service's own logger (bind/service_logger.h).
typedef struct {
    mp_obj_base_t base;
    mp_obj_t name; // str
    mp_obj_t
        to; // a stream, None for streamlog, which a program may replace later; a service's: another logger
    mp_int_t level;
} asvc_logger_t;

// The Python class Logger. It cannot be called: getLogger makes its instances.
extern const mp_obj_type_t asvc_type_logger;

// The methods and attributes of both.
extern const mp_obj_dict_t asvc_logger_locals;
void asvc_logger_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest);

// Whose line it is: "[NAME.service] " before its text, or "[NAME.service.CHILD] ".
typedef struct {
    mp_obj_t name; // str
    mp_obj_t child; // str or None
} asvc_log_owner_t;

// Does what the methods of the Logger `logger` do: writes args[0] % args[1:] if its level lets
// it through, and the traceback of exc_info, which is an exception, True for the one being handled, or None. owner
// may be NULL. Raises what the stream's write raises.
void asvc_logger_log(mp_obj_t logger, mp_int_t level, const asvc_log_owner_t *owner, size_t n_args,
    const mp_obj_t *args, mp_obj_t exc_info);

// aiolog.getLogger(name="root", stream=None): the one Logger of that name, made if there is none
// yet. A stream other than None becomes the logger's stream. Raises TypeError for a name that is no
// str or a stream that has no method write, and MemoryError.
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_get_logger_obj);

#endif
