// Logger: a small logger for programs that have no `logging`, writing lines such as
// "2023-03-16 00:00:19 [name] [INFO] text" to an AioStream or any other stream.
//
// A line must come out when there is no memory, too. A line for an AioStream takes none but what Python's
// time.localtime() needs, and where there is none for that, it shows zeros in place of its date.
#ifndef ASVC_LOG_LOGGER_H
#define ASVC_LOG_LOGGER_H

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

// The Python class Logger. It cannot be called: getLogger makes its instances.
extern const mp_obj_type_t asvc_type_logger;

// A new ServiceLogger: what add_logger(..., service_logger=True) puts into `self.log`. It puts [NAME.service], or
// [NAME.service.CHILD] where a call names cname=, before each line, has a level of its own, and hands the
// lines on to logger: anything with logging's methods. name: the service's, a str. level: a name as in logging
// ("INFO") or its number; raises TypeError or ValueError for another.
mp_obj_t asvc_service_logger(mp_obj_t logger, mp_obj_t name, mp_obj_t level);

// Whether the logger would write a line of that level. One that is not ours is asked about DEBUG alone, where it can be:
// what it writes from INFO on is its own business. Raises what it raises.
#if ASVC_LOG
bool asvc_logger_lets_through(mp_obj_t logger, mp_int_t level);
#else
static inline bool asvc_logger_lets_through(mp_obj_t logger, mp_int_t level) {
    (void)logger;
    (void)level;
    return false;
}
#endif

// aiolog.getLogger(name="root", stream=None): the one Logger of that name, made if there is none
// yet. A stream other than None becomes the logger's stream. Raises TypeError for a name that is no
// str or a stream that has no method write, and MemoryError.
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_get_logger_obj);

#endif
