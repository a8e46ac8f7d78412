// aioctl.set_log, log and follow: the log that belongs to the tasks.
#ifndef ASVC_LOG_AIOCTL_LOG_H
#define ASVC_LOG_AIOCTL_LOG_H

#include "py/obj.h"

MP_DECLARE_CONST_FUN_OBJ_KW(asvc_set_log_obj); // set_log(log)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_cat_log_obj); // log(grep="")
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_follow_obj); // follow(grep="", wait=0.05)

#endif
