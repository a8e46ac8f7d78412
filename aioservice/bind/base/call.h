// Calling Python: what takes several of MicroPython's calls, in one.
#ifndef ASVC_BASE_CALL_H
#define ASVC_BASE_CALL_H

#include "py/obj.h"

// import NAME
mp_obj_t asvc_import(qstr name);

// object.METHOD(), and object.METHOD(arg)
mp_obj_t asvc_call_0(mp_obj_t object, qstr method);
mp_obj_t asvc_call_1(mp_obj_t object, qstr method, mp_obj_t arg);

#endif
