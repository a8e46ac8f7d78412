// Which services boot starts.
#ifndef ASVC_SERVICE_BOOTS_H
#define ASVC_SERVICE_BOOTS_H

#include "bind/service/registry.h"

// An attribute `enabled` counts where the service itself sets it: one that says nothing
// is booted, as each core service is. config: what services.config says, MP_OBJ_NULL: nothing.
bool asvc_boots(asvc_entry_t *entry, mp_obj_t config);

#endif
