// The modules' shared __init__.
#ifndef ASVC_MODULES_INIT_H
#define ASVC_MODULES_INIT_H

#include "py/obj.h"

// Makes the root struct if this interpreter run has none yet, and registers in it what the higher rooms give to the
// lower ones (bind/base/upward.h). MicroPython calls it at each import of one of the modules. Raises MemoryError.
MP_DECLARE_CONST_FUN_OBJ_0(asvc_state_init_obj);

#endif
