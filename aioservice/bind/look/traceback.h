// aioservice.traceback: why services are not loaded, or have failed.
#ifndef ASVC_LOOK_TRACEBACK_H
#define ASVC_LOOK_TRACEBACK_H

#include "bind/service/registry.h"

// Appends "NAME: Traceback" and the traceback of what keeps the service from being loaded, or of what its main task has
// failed with; nothing where there is none. Raises MemoryError.
void asvc_traceback_add(vstr_t *text, asvc_entry_t *entry);

// aioservice.traceback(name=None, rtn=False)
MP_DECLARE_CONST_FUN_OBJ_KW(asvc_service_traceback_obj);

#endif
