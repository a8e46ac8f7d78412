// What programs written for asyncmd use, and others have in another way.
#ifndef ASVC_MODULES_ASYNCMD_H
#define ASVC_MODULES_ASYNCMD_H

#include "py/obj.h"

// aioctl's
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_create_task_obj); // create_task(coro, *args, name=None, **kwargs)
MP_DECLARE_CONST_FUN_OBJ_0(asvc_run_obj); // run()
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_reset_obj); // reset(group=True, log=False)
MP_DECLARE_CONST_FUN_OBJ_1(asvc_set_group_obj); // set_group(group)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_result_all_obj); // result_all(as_dict=False)
MP_DECLARE_CONST_FUN_OBJ_1(asvc_get_datetime_obj); // get_datetime(time_tuple)
MP_DECLARE_CONST_FUN_OBJ_1(asvc_tmdelta_fmt_obj); // tmdelta_fmt(seconds)

#endif
