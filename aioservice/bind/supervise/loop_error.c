#include "bind/supervise/loop_error.h"

#include "py/runtime.h"

#include "bind/base/call.h"
#include "bind/base/exception.h"
#include "bind/service/tell.h"

#if ASVC_SUPERVISION

// handler(loop, context)
static mp_obj_t handle(mp_obj_t loop, mp_obj_t context) {
    mp_call_function_2(mp_load_attr(loop, MP_QSTR_default_exception_handler), loop, context);
    mp_obj_t exc = mp_obj_dict_get(context, MP_OBJ_NEW_QSTR(MP_QSTR_exception));
    asvc_tell_name(ASVC_EVENT_LOOP_ERROR, MP_OBJ_NULL, asvc_keepable(exc), 0);
    asvc_events_tell();
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(handle_obj, handle);

static void watch(void *arg) {
    (void)arg;
    mp_obj_t core = mp_load_attr(asvc_import(MP_QSTR_asyncio), MP_QSTR_core);
    mp_obj_t loop = mp_load_attr(core, MP_QSTR_Loop);
    if (mp_load_attr(loop, MP_QSTR__exc_handler) == mp_const_none) {
        mp_store_attr(loop, MP_QSTR__exc_handler, MP_OBJ_FROM_PTR(&handle_obj));
    }
}

void asvc_loop_error_watch(void) {
    asvc_try(watch, NULL);
}

#endif
