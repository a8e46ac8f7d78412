// `.env`: settings of one device, by name, and their place in services.config.
//
//     # comment
//     HOSTNAME=kitchen
//     export WIFI_KEY = "with # and  spaces"     # a comment after white space
//     BROKER=mqtt://${HOSTNAME}.local
//
// One NAME=value a line; NAME is made of letters, digits, `_`, `.` and `-`. White space around both is
// dropped, and so are matching quotes around the value; inside quotes `#` is an ordinary character and
// there are no escapes. The last of several lines for one NAME wins. A `${NAME}` in a value stands for
// a NAME defined on an earlier line, `${NAME:-TEXT}` for TEXT without one. Values are text: they are never evaluated, so 1 is "1" and False
// is "False".
//
// What is wrong is said on stdout, file and line number first, and skipped: the rest of the file holds.
// The line itself is never printed, as it may well be a password.
#ifndef ASVC_CONFIG_ENV_H
#define ASVC_CONFIG_ENV_H

#include "py/obj.h"

#include "core/config.h"

#if ASVC_CONFIG

// `value` with each ${NAME} in its strings replaced by what aioctl.getenv(NAME) answers, deep inside lists, tuples
// and the values of dicts (not in keys), and each ${NAME:-TEXT} by TEXT where that is not defined or empty. Without TEXT a
// NAME that is not defined stays as written: *undefined, unless undefined is NULL, is the last of them then, a str; else
// it is left alone. A replaced text is not looked at again. What holds nothing to replace is answered as it is, not copied; `value` itself is
// never changed. The first NAME reads `.env` of the current folder into asvc_root()->env; a `.env` that comes
// or changes later is not noticed. Raises MemoryError, and RuntimeError for a list that contains itself.
mp_obj_t asvc_env_expand(mp_obj_t value, mp_obj_t *undefined);

// aioctl.getenv(var, alt=None, envfile=None, debug=False), setenv(env)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_getenv_obj);
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_setenv_obj);

#else

static inline mp_obj_t asvc_env_expand(mp_obj_t value, mp_obj_t *undefined) {
    (void)undefined;
    return value;
}

#endif

#endif
