// aioctl.set_log, log and follow: the log that belongs to the tasks.
#include "bind/log/aioctl_log.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/call.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/state.h"
#include "core/config.h"

#if ASVC_LOG

static mp_obj_t set_log(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t log = asvc_one_arg(n_args, args, kwargs, MP_QSTR_log, MP_OBJ_NULL);
    mp_obj_t cat[2];
    mp_load_method_maybe(log, MP_QSTR_cat, cat);
    if (log != mp_const_none && cat[0] == MP_OBJ_NULL) {
        asvc_raise(&mp_type_TypeError,
            "set_log: expected a stream with a method cat, as aiolog.streamlog has, got %t", log);
    }
    asvc_root()->log = log;
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_set_log_obj, 0, set_log);

// follow(grep="", wait=0.05): what set_log's stream makes of it.
static mp_obj_t follow(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t log = asvc_root()->log;
    if (log == mp_const_none) {
        asvc_raise(&mp_type_RuntimeError, "follow: there is no log, call set_log(aiolog.streamlog) first");
    }
    mp_obj_t *flat = m_new(mp_obj_t, n_args + 2 * kwargs->used + 1);
    memcpy(flat, args, n_args * sizeof(mp_obj_t));
    size_t n_kw = asvc_map_to_args(kwargs, MP_QSTRnull, flat + n_args) / 2;
    return mp_call_function_n_kw(mp_load_attr(log, MP_QSTR_follow), n_args, n_kw, flat);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_follow_obj, 0, follow);

// log(grep=""): what set_log's stream holds.
static mp_obj_t cat_log(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t grep = asvc_one_arg(n_args, args, kwargs, MP_QSTR_grep, MP_OBJ_NEW_QSTR(MP_QSTR_));
    mp_obj_t log = asvc_root()->log;
    return log == mp_const_none ? log : asvc_call_1(log, MP_QSTR_cat, grep);
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_cat_log_obj, 0, cat_log);

#endif
