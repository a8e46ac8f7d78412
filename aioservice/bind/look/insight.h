// What there is to see of services beside their status: aioservice's blame, critical_chain, dot and verify.
#ifndef ASVC_LOOK_INSIGHT_H
#define ASVC_LOOK_INSIGHT_H

#include "py/obj.h"

MP_DECLARE_CONST_FUN_OBJ_0(asvc_blame_obj); // blame()
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_critical_chain_obj); // critical_chain(name=None)
MP_DECLARE_CONST_FUN_OBJ_0(asvc_dot_obj); // dot()
MP_DECLARE_CONST_FUN_OBJ_0(asvc_verify_obj); // verify()

#endif
