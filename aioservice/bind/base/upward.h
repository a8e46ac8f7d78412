// What higher rooms give to lower ones.
//
// A lower room calls no higher one by name. Where it has news for one, or needs what only a higher one can make, a
// member of this struct stands for that: a function, or an object. The struct is constant and lies in ROM; the
// modules' __init__ hangs it on the root struct once (bind/modules/init.c), so that a member is never missing.
// A lower room reads it as asvc_root()->upward->MEMBER.
#ifndef ASVC_BASE_UPWARD_H
#define ASVC_BASE_UPWARD_H

#include "py/obj.h"

typedef struct _asvc_upward_t {
    const mp_obj_dict_t *service_locals; // what aioclass.Service is built from: methods and defaults
} asvc_upward_t;

#endif
